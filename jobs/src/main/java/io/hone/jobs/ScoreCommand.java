package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.RewardConfig;
import io.hone.executor.batch.RowSlice;
import io.hone.executor.batch.ScoreTask;
import io.hone.executor.reward.BatchRewards;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.executor.reward.Score;
import io.hone.jobs.output.OutputFile;
import io.hone.jobs.score.ScoreSummary;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hone score}: what completions of a file are worth. */
@Command(
    name = "score",
    sortOptions = false,
    description = {
      "Score the completions of a file.",
      "",
      "Reads rows {\"prompt\", \"completion\", ...}; writes the same rows with reward and components, for each"
          + " component value, confidence, valid and reason. A reward or value that could not be computed is null, never"
          + " zero. Prints a summary: statistics, correlations and a histogram of the reward and of each component.",
      ""
    })
final class ScoreCommand implements Runnable {
  private final Console console;

  @Option(
      names = "--reward",
      required = true,
      paramLabel = "FILE.yaml",
      description =
          "The reward: components, as under reward: in a run's configuration, or such a configuration.")
  private Path reward;

  @Mixin private SampleFile file;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE.jsonl",
      description = "New file for the scored rows.")
  private String output;

  ScoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    RewardConfig config = RewardFile.read(reward);
    // Makes the scorers once here, so that a bad option is told before Spark starts.
    RewardFunction function = RewardFunction.of(config);
    try (OutputFile out = OutputFile.create(output, HadoopSettings.read())) {
      // Lines are read here, so that a bad one is told before Spark starts, which reads Parquet.
      List<Sample> lines = file.isParquet() ? List.of() : file.samples();
      ScoreTask task = new ScoreTask(config);
      ScoreSummary summary = new ScoreSummary();
      // Rows are written as they come, unless their rewards compare all of them.
      boolean waits = BatchRewards.areNeeded(config);
      List<List<Sample>> groups = new ArrayList<>();
      List<List<Reward>> rewards = new ArrayList<>();
      try (SparkRuntime spark = SparkRuntime.start("score")) {
        List<Sample> samples = file.isParquet() ? file.samples(spark) : lines;
        BatchRun.run(
            console,
            spark.context(),
            file.noun(),
            RowSlice.cut(file.queries(samples, function), ScoreTask.UNIT),
            task::run,
            (slice, scored) -> {
              slice.rows().forEach(groups::addAll);
              scored.forEach(rewards::addAll);
              if (!waits) {
                write(groups, rewards, out, summary);
                groups.clear();
                rewards.clear();
              }
              return 0;
            });
      }
      write(groups, BatchRewards.of(config, rewards), out, summary);
      out.publish();
      summary.lines().forEach(console.out()::println);
    }
  }

  private static void write(
      List<List<Sample>> groups, List<List<Reward>> rewards, OutputFile out, ScoreSummary summary) {
    for (int group = 0; group < groups.size(); group++) {
      for (int member = 0; member < groups.get(group).size(); member++) {
        Reward reward = rewards.get(group).get(member);
        out.writeLine(JsonRows.line(scored(groups.get(group).get(member), reward)));
        summary.add(reward);
      }
    }
  }

  private static ObjectNode scored(Sample sample, Reward reward) {
    ObjectNode scored = JsonRows.newRow();
    sample.columns().forEach((name, value) -> scored.set(name, JsonRows.value(value)));
    putNumber(scored, "reward", reward.value(), reward.valid());
    ObjectNode components = JsonRows.newRow();
    reward.components().forEach((name, score) -> components.set(name, component(score)));
    scored.set("components", components);
    return scored;
  }

  private static ObjectNode component(Score score) {
    ObjectNode component = JsonRows.newRow();
    putNumber(component, "value", score.value(), score.valid());
    component.put("confidence", score.confidence());
    component.put("valid", score.valid());
    component.put("reason", score.reason());
    return component;
  }

  private static void putNumber(ObjectNode row, String name, double value, boolean valid) {
    if (valid) {
      row.put(name, value);
    } else {
      row.putNull(name);
    }
  }
}
