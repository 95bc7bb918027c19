package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.RewardConfig;
import io.hone.executor.batch.RowSlice;
import io.hone.executor.batch.ScoreTask;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.executor.reward.Score;
import io.hone.jobs.output.OutputFile;
import io.hone.jobs.score.ParquetRows;
import io.hone.jobs.score.SampleGroups;
import io.hone.jobs.score.SampleReader;
import io.hone.jobs.score.ScoreSummary;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description =
          "Rows to score: JSON lines, or where the name ends in .parquet a Parquet file or directory of those.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE.jsonl",
      description = "New file for the scored rows.")
  private String output;

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description =
          "Rows with the same value in this column are completions of one prompt, as components over groups see them;"
              + " they are written together. Without it every row is a group of its own.")
  private Optional<String> group = Optional.empty();

  ScoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    RewardConfig config = RewardFile.read(reward);
    // Makes the scorers once here, so that a bad option is told before Spark starts.
    RewardFunction.of(config);
    Configuration conf = HadoopSettings.read();
    try (OutputFile file = OutputFile.create(output, conf)) {
      // Lines are read here, so that a bad one is told before Spark starts, which reads Parquet.
      List<Sample> lines =
          ParquetRows.isParquet(input) ? List.of() : SampleReader.lines(input, conf);
      ScoreTask task = new ScoreTask(config);
      ScoreSummary summary = new ScoreSummary();
      try (SparkRuntime spark = SparkRuntime.start("score")) {
        List<Sample> samples =
            ParquetRows.isParquet(input)
                ? ParquetRows.read(spark.context(), input, new SampleReader(input))
                : lines;
        List<List<Sample>> groups = SampleGroups.of(samples, group);
        BatchRun.run(
            console,
            spark.context(),
            group.isPresent() ? "group" : "row",
            RowSlice.cut(groups, ScoreTask.UNIT),
            task::run,
            (slice, rewards) -> write(slice, rewards, file, summary));
      }
      file.publish();
      summary.lines().forEach(console.out()::println);
    }
  }

  private static long write(
      RowSlice<List<Sample>> slice,
      List<List<Reward>> rewards,
      OutputFile file,
      ScoreSummary summary) {
    for (int group = 0; group < rewards.size(); group++) {
      for (int member = 0; member < rewards.get(group).size(); member++) {
        Reward reward = rewards.get(group).get(member);
        file.writeLine(JsonRows.line(scored(slice.rows().get(group).get(member), reward)));
        summary.add(reward);
      }
    }
    return 0;
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
