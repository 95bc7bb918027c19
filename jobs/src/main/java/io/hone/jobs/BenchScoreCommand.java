package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.jobs.bench.Medians;
import io.hone.jobs.terminal.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hone bench score}: rows per second of a reward. */
@Command(
    name = "score",
    sortOptions = false,
    description = {
      "Measure a reward: how many rows of a file are scored per second by one thread.",
      "",
      "What hone score computes for each row, without Spark, and without reading and writing. A line for each pass over"
          + " the file, then the median.",
      ""
    })
final class BenchScoreCommand implements Runnable {
  private final Console console;

  @Option(
      names = "--reward",
      required = true,
      paramLabel = "FILE.yaml",
      description = "The reward, as hone score takes it.")
  private Path reward;

  @Mixin private SampleFile file;

  @Option(
      names = "--repeats",
      paramLabel = "R",
      defaultValue = "5",
      description = "Passes that are timed (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--warm-up",
      paramLabel = "W",
      defaultValue = "5",
      description = "Passes before, which are not (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  BenchScoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Requirements.atLeast("--repeats", repeats, 1);
    Requirements.atLeast("--warm-up", warmUp, 0);
    RewardFunction function = RewardFunction.of(RewardFile.read(reward));
    List<Sample> samples = file.samples();
    List<List<List<Sample>>> queries = file.queries(samples, function);
    for (int pass = 0; pass < warmUp; pass++) {
      score(function, queries);
    }
    List<Double> seconds = new ArrayList<>();
    int valid = 0;
    for (int pass = 0; pass < repeats; pass++) {
      long start = System.nanoTime();
      valid = score(function, queries);
      seconds.add((System.nanoTime() - start) * 1e-9);
      console.out().println(JsonRows.line(line(seconds.get(pass), samples.size())));
    }
    ObjectNode summary = JsonRows.newRow();
    summary.put("bench", "score");
    summary.put("rows", samples.size());
    summary.put("valid", valid);
    summary.setAll(line(Medians.of(seconds), samples.size()));
    console.out().println(JsonRows.line(summary));
  }

  /** The number of valid rewards, so that none is left out as unused. */
  private static int score(RewardFunction function, List<List<List<Sample>>> queries) {
    int valid = 0;
    for (List<List<Sample>> query : queries) {
      for (List<Reward> group : function.scoreQuery(query)) {
        for (Reward scored : group) {
          valid += scored.valid() ? 1 : 0;
        }
      }
    }
    return valid;
  }

  private static ObjectNode line(double seconds, int rows) {
    ObjectNode line = JsonRows.newRow();
    line.put("seconds", seconds);
    line.put("rows_per_s", rows / seconds);
    return line;
  }
}
