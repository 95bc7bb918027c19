package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import io.hone.executor.model.TokenizerFiles;
import io.hone.jobs.bench.GenerateBenchmark;
import io.hone.jobs.bench.Medians;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import io.hone.kernels.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hone bench generate}: throughput of sampling. */
@Command(
    name = "generate",
    sortOptions = false,
    description = {
      "Measure sampling: completions of random prompts, generated tokens per second.",
      "",
      "Temperature 1, no filters, no stop token. A line for each repetition, then the median.",
      ""
    })
final class BenchGenerateCommand implements Runnable {
  private final Console console;

  @Mixin private ModelOptions model;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "64",
      description = "Prompts, divided among the tasks (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--prompt-tokens",
      paramLabel = "P",
      defaultValue = "16",
      description = "Tokens of a prompt (default: ${DEFAULT-VALUE}).")
  private int promptTokens;

  @Option(
      names = "--new-tokens",
      paramLabel = "N",
      defaultValue = "128",
      description = "Tokens of a completion (default: ${DEFAULT-VALUE}).")
  private int newTokens;

  @Mixin private BenchThreads threads;

  @Option(
      names = "--repeats",
      paramLabel = "R",
      defaultValue = "3",
      description = "Repetitions that are timed (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--warm-up",
      paramLabel = "W",
      defaultValue = "1",
      description = "Repetitions before, which are not (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  BenchGenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Requirements.atLeast("--batch", batch, 1);
    Requirements.atLeast("--prompt-tokens", promptTokens, 1);
    Requirements.atLeast("--new-tokens", newTokens, 1);
    Requirements.atLeast("--repeats", repeats, 1);
    Requirements.atLeast("--warm-up", warmUp, 0);
    Checkpoint checkpoint = model.open();
    requireRoom(checkpoint.architecture().maxPositions());
    try (SparkRuntime spark = threads.startSpark("bench generate")) {
      GenerateBenchmark benchmark =
          new GenerateBenchmark(
              spark.context(),
              model.weights(checkpoint),
              TokenizerFiles.read(model.directory()),
              batch,
              promptTokens,
              newTokens,
              threads.count());
      for (int repetition = 0; repetition < warmUp; repetition++) {
        benchmark.run();
      }
      List<Double> seconds = new ArrayList<>();
      for (int repetition = 0; repetition < repeats; repetition++) {
        double time = benchmark.run();
        seconds.add(time);
        console.out().println(JsonRows.line(line(time)));
      }
      console.out().println(JsonRows.line(summary(Medians.of(seconds))));
    }
  }

  /** A completion that the context cuts short would count tokens that were never drawn. */
  private void requireRoom(int context) {
    if ((long) promptTokens + newTokens > context) {
      throw new UserException(
          "--prompt-tokens "
              + promptTokens
              + " and --new-tokens "
              + newTokens
              + ": are more than the model's context (max_position_embeddings) of "
              + context
              + " (expected no more than that together)");
    }
  }

  private ObjectNode line(double seconds) {
    ObjectNode line = JsonRows.newRow();
    line.put("seconds", seconds);
    line.put("tokens_per_s", rate(seconds));
    return line;
  }

  private ObjectNode summary(double seconds) {
    ObjectNode summary = JsonRows.newRow();
    summary.put("bench", "generate");
    summary.put("batch", batch);
    summary.put("prompt_tokens", promptTokens);
    summary.put("new_tokens", newTokens);
    summary.put("threads", threads.count());
    summary.setAll(line(seconds));
    return summary;
  }

  private double rate(double seconds) {
    return (double) batch * newTokens / seconds;
  }
}
