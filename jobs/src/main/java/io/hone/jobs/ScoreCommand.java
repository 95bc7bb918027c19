package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.RewardConfig;
import io.hone.driver.data.BadRowException;
import io.hone.driver.data.JsonLines;
import io.hone.driver.data.RowColumns;
import io.hone.driver.data.RowReader;
import io.hone.executor.batch.RowSlice;
import io.hone.executor.batch.ScoreTask;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.executor.reward.Score;
import io.hone.jobs.output.OutputFile;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
      "Reads JSON lines {\"prompt\", \"completion\", ...}; writes the same rows with reward and components, for each"
          + " component value, confidence, valid and reason. A reward or value that could not be computed is null, never"
          + " zero.",
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
      paramLabel = "FILE.jsonl",
      description = "Rows to score.")
  private String input;

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
    RewardFunction.of(config);
    Configuration conf = HadoopSettings.read();
    try (OutputFile file = OutputFile.create(output, conf)) {
      List<Sample> samples = JsonLines.strict(input).read(conf, new SampleReader(input)).items();
      ScoreTask task = new ScoreTask(config);
      try (SparkRuntime spark = SparkRuntime.start("score")) {
        BatchRun.run(
            console,
            spark.context(),
            RowSlice.cut(samples, ScoreTask.UNIT),
            task::run,
            (slice, rewards) -> write(slice, rewards, file));
      }
      file.publish();
    }
  }

  /** Messages name a row by its number, where a run would name the prompt. */
  private static final class SampleReader implements RowReader<Sample> {
    private final String file;
    private long rows;

    SampleReader(String file) {
      this.file = file;
    }

    @Override
    public Sample read(Map<String, Object> row) throws BadRowException {
      rows++;
      return Sample.ofText(
          file + " row " + rows,
          RowColumns.text(row, "prompt"),
          RowColumns.text(row, "completion"),
          row);
    }
  }

  private static long write(RowSlice<Sample> slice, List<Reward> rewards, OutputFile file) {
    for (int i = 0; i < rewards.size(); i++) {
      file.writeLine(JsonRows.line(scored(slice.rows().get(i), rewards.get(i))));
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
