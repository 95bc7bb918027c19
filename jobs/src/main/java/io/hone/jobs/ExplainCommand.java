package io.hone.jobs;

import io.hone.conf.RewardConfig;
import io.hone.conf.UserException;
import io.hone.executor.reward.BatchRewards;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.jobs.score.RewardExplanation;
import io.hone.jobs.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hone explain}: how one reward came about. */
@Command(
    name = "explain",
    sortOptions = false,
    description = {
      "Show how the reward of one completion of a file came about.",
      "",
      "Scores it as hone score does and shows each component: what it found, how sure it is, and what that adds to the"
          + " reward.",
      ""
    })
final class ExplainCommand implements Runnable {
  private final Console console;

  @Option(
      names = "--reward",
      required = true,
      paramLabel = "FILE.yaml",
      description = "The reward, as for hone score.")
  private Path reward;

  @Mixin private SampleFile file;

  @Option(
      names = "--row",
      required = true,
      paramLabel = "N",
      description = "Which row, counted from 1.")
  private int row;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Requirements.atLeast("--row", row, 1);
    RewardConfig config = RewardFile.read(reward);
    RewardFunction function = RewardFunction.of(config);
    List<Sample> samples = file.samples();
    if (row > samples.size()) {
      throw new UserException(
          "--row is %d (expected 1 to %d, the rows of %s)"
              .formatted(row, samples.size(), file.path()));
    }
    Sample sample = samples.get(row - 1);
    List<List<List<Sample>>> queries = file.queries(samples, function);
    List<List<List<Sample>>> needed =
        BatchRewards.areNeeded(config)
            ? queries
            : queries.stream().filter(query -> holds(query, sample)).toList();
    List<List<Sample>> groups = needed.stream().flatMap(List::stream).toList();
    List<List<Reward>> rewards =
        BatchRewards.of(
            config, needed.stream().map(function::scoreQuery).flatMap(List::stream).toList());
    for (int group = 0; group < groups.size(); group++) {
      int size = groups.get(group).size();
      for (int member = 0; member < size; member++) {
        if (groups.get(group).get(member) == sample) {
          RewardExplanation.lines(config, sample, rewards.get(group).get(member), size)
              .forEach(console.out()::println);
        }
      }
    }
  }

  /** Whether it has the very row: others may be equal to it. */
  private static boolean holds(List<List<Sample>> query, Sample sample) {
    return query.stream().flatMap(List::stream).anyMatch(member -> member == sample);
  }
}
