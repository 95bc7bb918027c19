package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.RunConfig;
import io.hone.jobs.bench.Medians;
import io.hone.jobs.bench.StepTime;
import io.hone.jobs.bench.TemporaryDirectory;
import io.hone.jobs.bench.TrainBenchmark;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import io.hone.kernels.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hone bench train}: throughput of updates. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Measure updates of a policy: forward, backward and AdamW on random tokens, tokens per second.",
      "",
      "Each update is made as a run makes it: a Spark task of one thread for each of --threads computes its share of the"
          + " gradient, the driver adds up, applies AdamW and publishes the weights. A line for each update, then the"
          + " median.",
      ""
    })
final class BenchTrainCommand implements Runnable {
  private final Console console;

  @Mixin private ModelOptions model;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "64",
      description = "Sequences of an update (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--tokens",
      paramLabel = "T",
      defaultValue = "144",
      description = "Tokens of a sequence (default: ${DEFAULT-VALUE}).")
  private int tokens;

  @Mixin private BenchThreads threads;

  @Option(
      names = "--repeats",
      paramLabel = "R",
      defaultValue = "3",
      description = "Updates that are timed (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--warm-up",
      paramLabel = "W",
      defaultValue = "10",
      description = "Updates before, which are not (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--recompute",
      description =
          "Compute activations a second time in the backward pass instead of keeping them.")
  private boolean recompute;

  BenchTrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Requirements.atLeast("--batch", batch, 1);
    Requirements.atLeast("--tokens", tokens, 2);
    Requirements.atLeast("--repeats", repeats, 1);
    Requirements.atLeast("--warm-up", warmUp, 0);
    Checkpoint checkpoint = model.open();
    List<String> overrides = new ArrayList<>(model.overrides());
    overrides.add("training.partitions=" + threads.count());
    overrides.add("training.activation-memory=" + (recompute ? "0B" : "1TB"));
    RunConfig config = Recipes.load("stories-dog", overrides).config();
    try (TemporaryDirectory directory = TemporaryDirectory.create();
        SparkRuntime spark = threads.startSpark("bench train");
        TrainBenchmark benchmark =
            new TrainBenchmark(
                spark.context(),
                config,
                checkpoint,
                batch,
                tokens,
                new Path(directory.path().toUri()))) {
      for (int update = 0; update < warmUp; update++) {
        benchmark.update();
      }
      List<Double> seconds = new ArrayList<>();
      for (int update = 0; update < repeats; update++) {
        StepTime time = benchmark.update();
        seconds.add(time.total());
        console.out().println(JsonRows.line(line(time)));
      }
      console.out().println(JsonRows.line(summary(Medians.of(seconds))));
    }
  }

  private ObjectNode line(StepTime time) {
    ObjectNode line = JsonRows.newRow();
    line.put("seconds", time.total());
    line.put("tokens_per_s", rate(time.total()));
    line.put("gradient", time.gradient());
    line.put("update", time.update());
    line.put("publish", time.publish());
    line.put("spark_overhead", time.sparkOverhead());
    return line;
  }

  private ObjectNode summary(double seconds) {
    ObjectNode summary = JsonRows.newRow();
    summary.put("bench", "train");
    summary.put("batch", batch);
    summary.put("tokens", tokens);
    summary.put("threads", threads.count());
    summary.put("recompute", recompute);
    summary.put("seconds", seconds);
    summary.put("tokens_per_s", rate(seconds));
    return summary;
  }

  private double rate(double seconds) {
    return (double) batch * tokens / seconds;
  }
}
