package io.hone.executor.table;

import io.hone.conf.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A table whose rows are records of one type, in Parquet files.
 *
 * <p>Column {@code prompt_id} is component {@code promptId}. Components may be numbers, truth
 * values, text, enums, {@code int[]}, {@code float[]}, records of these, and maps from text to
 * these. The same rows in the same order make the same bytes.
 */
public final class ParquetTable<R extends Record> {
  private final RecordFields<R> fields;
  private final MessageType schema;

  private ParquetTable(RecordFields<R> fields, MessageType schema) {
    this.fields = fields;
    this.schema = schema;
  }

  /**
   * The table whose rows are of a type.
   *
   * @throws IllegalArgumentException for a component of a type that has no column
   */
  public static <R extends Record> ParquetTable<R> of(Class<R> type) {
    RecordFields<R> fields = RecordFields.of(type);
    String name = Columns.snakeCase(type.getSimpleName());
    return new ParquetTable<>(fields, new MessageType(name, fields.types()));
  }

  /** The Parquet schema of the files. */
  public MessageType schema() {
    return schema;
  }

  /**
   * Writes the file of one attempt below the table's directory; on failure it leaves none.
   *
   * @throws UserException if the file cannot be written: a full or read-only disk, no permission
   */
  public TableFile write(Path table, TaskOutput output, Iterable<R> rows, Configuration conf) {
    Path file = output.in(table);
    try (ChecksummedOutput out =
        ChecksummedOutput.create(HadoopFiles.fileSystem(file, conf), file)) {
      long count = 0;
      try (ParquetWriter<R> writer = TableWriter.open(out, fields, schema, conf)) {
        for (R row : rows) {
          writer.write(row);
          count++;
        }
      }
      out.commit();
      return new TableFile(file.toString(), output.partition(), count, out.length(), out.crc32c());
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(file, e);
    }
  }

  /** All rows of a file, in the order written. */
  public List<R> read(Path file, Configuration conf) {
    List<R> rows = new ArrayList<>();
    scan(file, schema, rows::add, conf);
    return rows;
  }

  /**
   * Passes over the rows of a file, in the order written, reading only some columns; what is not
   * read is null, 0 or false.
   *
   * @param columns names as in the file, such as {@code prompt_id}
   * @throws UserException if the file is absent, damaged or of another table
   */
  public void scan(Path file, Set<String> columns, Consumer<R> rows, Configuration conf) {
    for (String column : columns) {
      if (!schema.containsField(column)) {
        throw new IllegalArgumentException(schema.getName() + " has no column " + column);
      }
    }
    List<Type> requested =
        schema.getFields().stream().filter(type -> columns.contains(type.getName())).toList();
    scan(file, new MessageType(schema.getName(), requested), rows, conf);
  }

  private void scan(Path file, MessageType requested, Consumer<R> rows, Configuration conf) {
    try (ParquetReader<R> reader =
        TableReader.of(HadoopInputFile.fromPath(file, conf), fields, requested, conf).build()) {
      for (R row = next(reader, file); row != null; row = next(reader, file)) {
        rows.accept(row);
      }
    } catch (IOException e) {
      throw StorageFailures.cannotRead(file, e);
    }
  }

  /** Parquet reports damage as whatever exception it met first, so that any is a damaged file. */
  private R next(ParquetReader<R> reader, Path file) {
    try {
      return reader.read();
    } catch (IOException | RuntimeException e) {
      throw StorageFailures.cannotRead(file, e);
    }
  }
}
