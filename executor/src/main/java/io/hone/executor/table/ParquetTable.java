package io.hone.executor.table;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A table whose rows are records of one type, in Parquet files. */
public final class ParquetTable<R extends Record> {
  private ParquetTable() {}

  public static <R extends Record> ParquetTable<R> of(Class<R> type) {
    throw new UnsupportedOperationException();
  }

  /** Writes one file below the table's directory; on failure it leaves none. */
  public TableFile write(Path table, TaskOutput output, List<R> rows, Configuration conf) {
    throw new UnsupportedOperationException();
  }

  /** All rows of a file, in the order written. */
  public List<R> read(Path file, Configuration conf) {
    throw new UnsupportedOperationException();
  }

  /** Some columns of all rows; the others are null, 0 or false. */
  public List<R> read(Path file, Set<String> columns, Configuration conf) {
    throw new UnsupportedOperationException();
  }
}
