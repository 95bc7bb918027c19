package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.ResolvedConfig;
import io.hone.conf.RunConfig;
import io.hone.driver.train.Training;
import io.hone.jobs.bench.LearningCurve;
import io.hone.jobs.bench.Medians;
import io.hone.jobs.bench.StepTime;
import io.hone.jobs.bench.TemporaryDirectory;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hone bench grpo}: seconds per step and the reward curve of a task. */
@Command(
    name = "grpo",
    sortOptions = false,
    description = {
      "Measure GRPO on a task: seconds per step, where they went, and the reward curve.",
      "",
      "A line for each step: rollout, score and gradient are those of the slowest task, update is the driver's"
          + " arithmetic, spark_overhead is all the rest of the step, publish included. The medians of the summary leave"
          + " out the first 5 steps. The run is as hone train makes it, without a checkpoint before the last step; its"
          + " directory is temporary.",
      ""
    })
final class BenchGrpoCommand implements Runnable {
  private static final int WARM_UP = 5;

  private final Console console;

  /** What can be learned. */
  private enum Task {
    DOG("stories-dog");

    private final String recipe;

    Task(String recipe) {
      this.recipe = recipe;
    }
  }

  @Option(
      names = "--task",
      paramLabel = "TASK",
      defaultValue = "dog",
      description =
          "dog: 8 story openings x 8 completions x 128 tokens, reward the number of dogs, at most 4, over 4 (default:"
              + " ${DEFAULT-VALUE}).")
  private Task task;

  @Mixin private ModelOptions model;

  @Option(
      names = "--steps",
      paramLabel = "S",
      defaultValue = "30",
      description = "Number of steps (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      defaultValue = "2e-4",
      description = "Learning rate (default: ${DEFAULT-VALUE}).")
  private String learningRate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the run (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private BenchThreads threads;

  BenchGrpoCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      ResolvedConfig<RunConfig> resolved = resolve(directory);
      LearningCurve curve =
          new LearningCurve(step -> console.out().println(JsonRows.line(line(step))));
      try (SparkRuntime spark = threads.startSpark("bench grpo")) {
        new Training(spark.context(), resolved, curve).run();
      }
      console.out().println(JsonRows.line(summary(curve)));
    }
  }

  private ResolvedConfig<RunConfig> resolve(TemporaryDirectory directory) {
    List<String> overrides = new ArrayList<>(model.overrides());
    overrides.add("run-dir=" + directory.path().resolve("run"));
    overrides.add("training.steps=" + steps);
    overrides.add("checkpoint.every=" + steps);
    overrides.add("optimizer.learning-rate=" + learningRate);
    overrides.add("seed=" + seed);
    overrides.add("rollout.partitions=" + threads.count());
    return Recipes.load(task.recipe, overrides);
  }

  private static ObjectNode line(LearningCurve.Step step) {
    StepTime time = step.time();
    ObjectNode line = JsonRows.newRow();
    line.put("step", step.number());
    line.put("reward", step.reward());
    line.put("seconds", time.total());
    line.put("rollout", time.rollout());
    line.put("score", time.score());
    line.put("gradient", time.gradient());
    line.put("update", time.update());
    line.put("publish", time.publish());
    line.put("spark_overhead", time.sparkOverhead());
    return line;
  }

  private ObjectNode summary(LearningCurve curve) {
    ObjectNode summary = JsonRows.newRow();
    summary.put("bench", "grpo");
    summary.put("task", task.name().toLowerCase(java.util.Locale.ROOT));
    summary.put("seed", seed);
    summary.put("threads", threads.count());
    List<StepTime> times =
        curve.steps().stream().skip(WARM_UP).map(LearningCurve.Step::time).toList();
    if (!times.isEmpty()) {
      summary.put("median_step_seconds", Medians.of(times.stream().map(StepTime::total).toList()));
      summary.put(
          "median_spark_overhead_share",
          Medians.of(times.stream().map(time -> time.sparkOverhead() / time.total()).toList()));
    }
    putFirst(summary, "first_step_at_0.5", curve.firstAt(0.5));
    putFirst(summary, "first_step_at_0.95", curve.firstAt(0.95));
    return summary;
  }

  private static void putFirst(ObjectNode summary, String name, OptionalInt step) {
    if (step.isPresent()) {
      summary.put(name, step.getAsInt());
    } else {
      summary.putNull(name);
    }
  }
}
