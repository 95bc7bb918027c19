package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import io.hone.executor.batch.LogprobsTask;
import io.hone.executor.batch.RowSlice;
import io.hone.jobs.output.OutputFile;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Checkpoint;
import java.util.List;
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

  @Mixin private HelpOption help;
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
          InputRows.read(input, conf).stream()
              .map(row -> tokenRow(row, checkpoint.architecture()))
              .toList();
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

  private static TokenRow tokenRow(InputRows.Row row, Architecture architecture) {
    Object id = row.require("id");
    if (!(row.require("token_ids") instanceof List<?> list)) {
      throw row.error("column token_ids is not a list (expected a list of token ids)");
    }
    if (list.isEmpty()) {
      throw row.error("column token_ids is empty (expected at least one token id)");
    }
    if (list.size() > architecture.maxPositions()) {
      throw row.error(
          "column token_ids has "
              + list.size()
              + " ids, but the model's context (max_position_embeddings) is "
              + architecture.maxPositions()
              + " (expected at most so many; cut the row)");
    }
    int[] tokenIds = new int[list.size()];
    for (int i = 0; i < tokenIds.length; i++) {
      tokenIds[i] = tokenId(row, list.get(i), i, architecture.vocabSize());
    }
    return new TokenRow(id, tokenIds);
  }

  private static int tokenId(InputRows.Row row, Object value, int place, int vocabSize) {
    if (value instanceof Integer id && id >= 0 && id < vocabSize) {
      return id;
    }
    throw row.error(
        "column token_ids has "
            + JsonRows.value(value)
            + " at place "
            + place
            + " (expected ids from 0 to "
            + (vocabSize - 1)
            + ", the model's vocabulary)");
  }
}
