package io.hone.jobs.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.hone.conf.UserException;
import io.hone.driver.data.BadRowException;
import io.hone.driver.data.JsonLines;
import io.hone.driver.data.RowReader;
import io.hone.executor.table.HadoopFiles;
import io.hone.executor.table.StorageFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Rows of Parquet, as Spark SQL reads them, with the values that they would have in JSON lines. */
public final class ParquetRows {
  private ParquetRows() {}

  /** Whether a path is to be read as Parquet: a file or a directory with the extension. */
  public static boolean isParquet(String path) {
    return path.matches(".*\\.parquet/?");
  }

  /**
   * Reads all rows, in the order of their files' names and then of the file: however many tasks
   * read them.
   *
   * @throws UserException if there are none, or the path cannot be read, or a row is bad
   */
  public static <T> List<T> read(JavaSparkContext spark, String path, RowReader<T> reader) {
    List<T> items = new ArrayList<>();
    Iterator<String> rows = open(spark, path);
    while (rows.hasNext()) {
      try {
        items.add(reader.read(JsonLines.row(rows.next())));
      } catch (BadRowException bad) {
        throw new UserException(
            "%s: row %d: %s".formatted(path, items.size() + 1, bad.getMessage()));
      }
    }
    if (items.isEmpty()) {
      throw new UserException(path + ": has no rows (expected rows to score)");
    }
    return items;
  }

  private static Iterator<String> open(JavaSparkContext spark, String path) {
    requireFile(new Path(path), spark.hadoopConfiguration());
    try {
      Column json = to_json(struct(col("*")), Map.of("ignoreNullFields", "false"));
      return SparkSession.builder()
          .config(spark.getConf())
          .getOrCreate()
          .read()
          .parquet(path)
          .orderBy(col("_metadata.file_path"), col("_metadata.row_index"))
          .select(json)
          .as(Encoders.STRING())
          .toLocalIterator();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      // Scala throws its checked exceptions through Java signatures that do not declare them.
      if (failure instanceof AnalysisException || failure instanceof SparkException) {
        throw new UserException(
            "%s: cannot be read as Parquet: %s"
                .formatted(
                    path, String.valueOf(failure.getMessage()).lines().findFirst().orElse("")),
            failure);
      }
      throw new IllegalStateException("reading " + path, failure);
    }
  }

  /** What is not there is told in one line, which Spark does not. */
  private static void requireFile(Path path, Configuration conf) {
    try {
      HadoopFiles.fileSystem(path, conf).getFileStatus(path);
    } catch (IOException failure) {
      throw StorageFailures.cannotRead(path, failure);
    }
  }
}
