package io.hone.jobs;

import io.hone.conf.ResolvedConfig;
import io.hone.conf.RunConfig;
import io.hone.conf.UserException;
import io.hone.driver.run.CommittedRun;
import io.hone.driver.train.CommittedMetrics;
import io.hone.driver.train.Metrics;
import io.hone.jobs.quickstart.ReversalTask;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import io.hone.jobs.terminal.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hone quickstart}: the whole story on one machine. */
@Command(
    name = "quickstart",
    sortOptions = false,
    description = {
      "Tell the whole story on this machine, in about two minutes.",
      "",
      "Makes a tiny model and the data of a synthetic task, warm-starts the model on a careless teacher, trains it with GRPO"
          + " under a hybrid reward, and says how to look at the run. The numbers are the same every time.",
      ""
    })
final class QuickstartCommand implements Runnable {
  private static final long SEED = 0;

  private final Console console;

  @Option(
      names = "--output",
      paramLabel = "DIRECTORY",
      defaultValue = "runs/quickstart",
      description = "New directory for model, data and runs (default: ${DEFAULT-VALUE}).")
  private Path output;

  QuickstartCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    makeDirectory();
    ReversalTask task = new ReversalTask(SEED);
    task.writeModel(output.resolve("model"));
    task.writeWarmStart(output.resolve("warm-start.jsonl"));
    task.writePrompts(output.resolve("prompts.jsonl"));
    task.writeHeldOut(output.resolve("held-out.jsonl"));
    try (SparkRuntime spark = SparkRuntime.start("quickstart")) {
      ResolvedConfig<RunConfig> warmStart = warmStart();
      chapter(
          "1. Warm start: a careless teacher shows how an answer looks, right one time in five");
      TrainCommand.train(console, warmStart, spark);
      chapter(
          "2. GRPO: 4827= is to be completed by <answer>7284</answer>; form is worth 0.2, the answer 0.8");
      ResolvedConfig<RunConfig> training = training(warmStart.config().training().steps() - 1);
      TrainCommand.train(console, training, spark);
      summary(spark.context().hadoopConfiguration());
    }
  }

  private void makeDirectory() {
    if (Files.exists(output)) {
      throw new UserException(
          output
              + ": exists already (expected a new directory: remove it, or name another with --output)");
    }
    try {
      Files.createDirectories(output);
    } catch (IOException failure) {
      throw new UserException(
          output + ": cannot be made (" + failure + "); expected a writable place", failure);
    }
  }

  private ResolvedConfig<RunConfig> warmStart() {
    return Recipes.load(
        "quickstart-warm-start",
        List.of(
            "seed=" + SEED,
            "model.path=" + output.resolve("model"),
            "data.path=" + output.resolve("warm-start.jsonl"),
            "run-dir=" + output.resolve("warm-start")));
  }

  private ResolvedConfig<RunConfig> training(int lastStep) {
    return Recipes.load(
        "quickstart",
        List.of(
            "seed=" + SEED,
            "model.path="
                + output.resolve("warm-start/checkpoints").resolve(String.format("%08d", lastStep)),
            "data.path=" + output.resolve("prompts.jsonl"),
            "eval.data=" + output.resolve("held-out.jsonl"),
            "run-dir=" + output.resolve("grpo")));
  }

  private void chapter(String title) {
    console.err().println();
    console.err().println(title);
  }

  private void summary(Configuration hadoop) {
    Path run = output.resolve("grpo");
    CommittedRun committed = CommittedRun.open(run.toString(), hadoop);
    Metrics first = CommittedMetrics.of(committed, 0);
    Metrics last = CommittedMetrics.of(committed, committed.steps() - 1);
    console.out().println();
    console
        .out()
        .printf(
            "Mean reward %s after the warm start, %s in the last step; greedy answers right on %s of held-out prompts, before"
                + " on %s.%n",
            Numbers.decimals(first.get("reward/mean"), 3),
            Numbers.decimals(last.get("reward/mean"), 3),
            Numbers.percent(last.get("evaluation/greedy/pass-share")),
            Numbers.percent(first.get("baseline/evaluation/greedy/pass-share")));
    console.out().println();
    console.out().println("Look at the run:");
    console.out().println("  bin/hone inspect " + run);
    console.out().println("  bin/hone inspect " + run + " --step 0 --worst 3");
    console.out().println("Use the model, a Hugging Face checkpoint:");
    console
        .out()
        .printf(
            "  bin/hone generate --model %s --prompts %s --output completions.jsonl --temperature 0%n",
            run.resolve("checkpoints").resolve(String.format("%08d", committed.steps() - 1)),
            output.resolve("held-out.jsonl"));
  }
}
