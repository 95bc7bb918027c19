package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.ResolvedConfig;
import io.hone.conf.RunConfig;
import io.hone.driver.train.Training;
import io.hone.jobs.bench.TemporaryDirectory;
import io.hone.jobs.digits.DigitTask;
import io.hone.jobs.digits.HeldOutCurve;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hone bench digits}: how soon a policy learns digit completion from random weights. */
@Command(
    name = "digits",
    sortOptions = false,
    description = {
      "Measure how soon a random policy learns to complete digits, with PPO or GRPO.",
      "",
      "Makes model and data, trains as the recipes digits-ppo and digits-grpo say, and tells the mean reward on held-out"
          + " prompts with the seconds so far, of the clock and of this process's processors. Ending every completion at"
          + " once is worth 0.1; the summary says when 0.2 and 0.8 were reached. All is gone at the end.",
      ""
    })
final class BenchDigitsCommand implements Runnable {
  private static final double[] BARS = {0.2, 0.8};

  private final Console console;

  /** How the policy is trained. */
  private enum Algorithm {
    PPO,
    GRPO;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      defaultValue = "ppo",
      description = "ppo, with a critic, or grpo (default: ${DEFAULT-VALUE}).")
  private Algorithm algorithm;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of weights, held-out prompts and run (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private BenchThreads threads;

  @Parameters(
      paramLabel = "key=value",
      description = "Overrides of the recipe, such as training.steps=50.")
  private List<String> overrides = List.of();

  BenchDigitsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      ResolvedConfig<RunConfig> resolved = resolve(directory.path());
      HeldOutCurve curve =
          new HeldOutCurve(point -> console.out().println(JsonRows.line(line(point))));
      try (SparkRuntime spark = threads.startSpark("bench digits")) {
        new Training(spark.context(), resolved, curve).run();
      }
      console.out().println(JsonRows.line(summary(curve)));
    }
  }

  private ResolvedConfig<RunConfig> resolve(Path directory) {
    DigitTask task = new DigitTask(seed);
    Path model = directory.resolve("model");
    Path prompts = directory.resolve("prompts.jsonl");
    Path heldOut = directory.resolve("held-out.jsonl");
    task.writeModel(model);
    task.writePrompts(prompts);
    task.writeHeldOut(heldOut);
    List<String> all = new ArrayList<>();
    all.add("model.path=" + model);
    all.add("data.path=" + prompts);
    all.add("eval.data=" + heldOut);
    all.add("run-dir=" + directory.resolve("run"));
    all.add("seed=" + seed);
    all.add("rollout.partitions=" + threads.count());
    all.addAll(overrides);
    return Recipes.load("digits-" + algorithm.text(), all);
  }

  private static ObjectNode line(HeldOutCurve.Point point) {
    ObjectNode line = JsonRows.newRow();
    line.put("step", point.step());
    line.put("held_out_reward", point.reward());
    line.put("greedy_reward", point.greedyReward());
    line.put("seconds", point.seconds());
    line.put("cpu_seconds", point.cpuSeconds());
    return line;
  }

  private ObjectNode summary(HeldOutCurve curve) {
    ObjectNode summary = JsonRows.newRow();
    summary.put("bench", "digits");
    summary.put("algorithm", algorithm.text());
    summary.put("seed", seed);
    summary.put("threads", threads.count());
    for (double bar : BARS) {
      Optional<HeldOutCurve.Point> first = curve.firstAt(bar);
      summary.set("first_at_" + bar, first.map(BenchDigitsCommand::line).orElse(null));
    }
    return summary;
  }
}
