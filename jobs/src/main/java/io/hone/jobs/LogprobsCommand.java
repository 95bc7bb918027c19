package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.driver.data.BadRowException;
import io.hone.driver.data.JsonLines;
import io.hone.driver.data.RowColumns;
import io.hone.executor.batch.LogprobsTask;
import io.hone.executor.batch.RowSlice;
import io.hone.jobs.output.OutputFile;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Checkpoint;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hone logprobs}: what a model thinks of token ids. */
@Command(
    name = "logprobs",
    sortOptions = false,
    description = {
      "Compute the log-probability of given tokens.",
      "",
      "Reads JSON lines {\"id\", \"token_ids\"}; writes {\"id\", \"logprobs\"}: for n ids n-1 numbers, the natural"
          + " logarithm of the probability of each token after the first. Needs no tokenizer.",
      ""
    })
final class LogprobsCommand implements Runnable {
  private final Console console;

  @Mixin private ModelOptions model;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE.jsonl",
      description = "Rows of token ids.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE.jsonl",
      description = "New file for the log-probabilities.")
  private String output;

  /**
   * A row of the input.
   *
   * @param id whatever JSON it is
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record TokenRow(Object id, int[] tokenIds) {}

  LogprobsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Configuration conf = HadoopSettings.read();
    try (OutputFile file = OutputFile.create(output, conf)) {
      Checkpoint checkpoint = model.open();
      List<TokenRow> rows =
          JsonLines.strict(input)
              .read(conf, row -> tokenRow(row, checkpoint.architecture()))
              .items();
      try (SparkRuntime spark = SparkRuntime.start("logprobs")) {
        compute(spark.context(), checkpoint, rows, file);
      }
      file.publish();
    }
  }

  private void compute(
      JavaSparkContext spark, Checkpoint checkpoint, List<TokenRow> rows, OutputFile file) {
    LogprobsTask task = new LogprobsTask(spark.broadcast(model.weights(checkpoint)));
    BatchRun.run(
        console,
        spark,
        "row",
        RowSlice.cut(rows.stream().map(TokenRow::tokenIds).toList(), LogprobsTask.UNIT),
        task::run,
        (slice, logprobs) -> write(slice, logprobs, rows, file));
  }

  private static long write(
      RowSlice<int[]> slice, List<float[]> logprobs, List<TokenRow> rows, OutputFile file) {
    long tokens = 0;
    for (int i = 0; i < logprobs.size(); i++) {
      ObjectNode row = JsonRows.newRow();
      row.set("id", JsonRows.value(rows.get(Math.toIntExact(slice.firstRow() + i)).id()));
      row.set("logprobs", JsonRows.array(logprobs.get(i)));
      file.writeLine(JsonRows.line(row));
      tokens += slice.rows().get(i).length;
    }
    return tokens;
  }

  private static TokenRow tokenRow(Map<String, Object> row, Architecture architecture)
      throws BadRowException {
    Object id = RowColumns.present(row, "id");
    if (!(RowColumns.present(row, "token_ids") instanceof List<?> list) || list.isEmpty()) {
      throw new BadRowException(
          "column token_ids is "
              + JsonRows.value(row.get("token_ids"))
              + " (expected a list of at least one token id)");
    }
    if (list.size() > architecture.maxPositions()) {
      throw new BadRowException(
          "column token_ids has "
              + list.size()
              + " ids (expected at most "
              + architecture.maxPositions()
              + ", the model's context)");
    }
    int[] tokenIds = new int[list.size()];
    for (int place = 0; place < tokenIds.length; place++) {
      tokenIds[place] = tokenId(list.get(place), place, architecture.vocabSize());
    }
    return new TokenRow(id, tokenIds);
  }

  private static int tokenId(Object value, int place, int vocabSize) throws BadRowException {
    if (value instanceof Integer id && id >= 0 && id < vocabSize) {
      return id;
    }
    throw new BadRowException(
        "column token_ids has "
            + JsonRows.value(value)
            + " at place "
            + place
            + " (expected ids from 0 to "
            + (vocabSize - 1)
            + ", the model's vocabulary)");
  }
}
