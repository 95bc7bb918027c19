package io.hone.jobs;

import io.hone.conf.ResolvedConfig;
import io.hone.conf.RunArithmetic;
import io.hone.conf.RunConfig;
import io.hone.driver.train.Training;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import io.hone.jobs.terminal.StepLines;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hone train}: a training run, from wherever its run directory stands. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Train a model as a configuration says.",
      "",
      "Goes on where the run directory left off. Ctrl-C is safe at any time: what is committed stays, and the same command"
          + " continues.",
      ""
    })
final class TrainCommand implements Runnable {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "CONFIG",
      description = "YAML file that describes a run, or the name of a recipe.")
  private String config;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Overrides, such as run-dir=runs/dog or optimizer.learning-rate=1e-5.")
  private List<String> overrides = List.of();

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    ResolvedConfig<RunConfig> resolved = Recipes.load(config, overrides);
    resolved.config().requiredRunDir();
    train(console, resolved);
  }

  /** Trains, with a line for each step. */
  static void train(Console console, ResolvedConfig<RunConfig> resolved) {
    RunArithmetic.of(resolved.config()).lines().forEach(console.err()::println);
    try (SparkRuntime spark = SparkRuntime.start("train", resolved.config().spark())) {
      train(console, resolved, spark);
    }
  }

  /** Trains on a Spark that is running already. */
  static void train(Console console, ResolvedConfig<RunConfig> resolved, SparkRuntime spark) {
    new Training(spark.context(), resolved, new StepLines(console)).run();
  }
}
