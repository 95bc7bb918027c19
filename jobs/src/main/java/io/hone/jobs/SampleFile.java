package io.hone.jobs;

import io.hone.conf.UserException;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.jobs.score.ParquetRows;
import io.hone.jobs.score.SampleGroups;
import io.hone.jobs.score.SampleReader;
import io.hone.jobs.spark.SparkRuntime;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that score the rows of a file. */
final class SampleFile {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description =
          "Rows {\"prompt\", \"completion\", ...}: JSON lines, or where the name ends in .parquet a Parquet file or"
              + " directory of those.")
  private String input;

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description =
          "Rows with the same value in this column are completions of one prompt, as components over groups see them."
              + " Without it every row is a group of its own.")
  private Optional<String> group = Optional.empty();

  @Option(
      names = "--query",
      paramLabel = "COLUMN",
      description =
          "Groups with the same value in this column are prompts of one query, such as the documents to rank for one"
              + " question. Without it every group is a query of its own.")
  private Optional<String> query = Optional.empty();

  String path() {
    return input;
  }

  boolean isParquet() {
    return ParquetRows.isParquet(input);
  }

  /** What {@link #queries} are made of, for people. */
  String noun() {
    return query.isPresent() ? "query" : group.isPresent() ? "group" : "row";
  }

  /** All rows, in the order of the file; Spark, which reads Parquet, is started for that only. */
  List<Sample> samples() {
    if (!isParquet()) {
      return SampleReader.lines(input, HadoopSettings.read());
    }
    try (SparkRuntime spark = SparkRuntime.start("read")) {
      return samples(spark);
    }
  }

  /** All rows of a Parquet file, in the order of its files. */
  List<Sample> samples(SparkRuntime spark) {
    return ParquetRows.read(spark.context(), input, new SampleReader(input));
  }

  /**
   * The rows as they are scored: the groups of each query.
   *
   * @throws UserException if a row lacks a column, or the reward needs queries and no column says
   *     which those are
   */
  List<List<List<Sample>>> queries(List<Sample> samples, RewardFunction function) {
    if (function.comparesPrompts() && query.isEmpty()) {
      throw new UserException(
          "the reward compares the prompts of a query, but nothing says which those are (expected --query COLUMN:"
              + " the column with the same value in all rows of a query)");
    }
    return SampleGroups.queries(samples, group, query);
  }
}
