package io.hone.jobs;

import io.hone.conf.RewardConfig;
import io.hone.conf.UserException;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.jobs.score.RewardExplanation;
import io.hone.jobs.score.SampleGroups;
import io.hone.jobs.score.SampleReader;
import io.hone.jobs.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE.jsonl",
      description = "Rows, as for hone score.")
  private String input;

  @Option(
      names = "--row",
      required = true,
      paramLabel = "N",
      description = "Which row, counted from 1.")
  private int row;

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description = "As for hone score: the group is scored together.")
  private Optional<String> group = Optional.empty();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Requirements.atLeast("--row", row, 1);
    RewardConfig config = RewardFile.read(reward);
    RewardFunction function = RewardFunction.of(config);
    List<Sample> samples = SampleReader.lines(input, HadoopSettings.read());
    if (row > samples.size()) {
      throw new UserException(
          "--row is %d (expected 1 to %d, the rows of %s)".formatted(row, samples.size(), input));
    }
    Sample sample = samples.get(row - 1);
    List<Sample> members =
        SampleGroups.of(samples, group).stream()
            .filter(candidate -> candidate.contains(sample))
            .findFirst()
            .orElseThrow();
    RewardExplanation.lines(
            config, sample, function.score(members).get(members.indexOf(sample)), members.size())
        .forEach(console.out()::println);
  }
}
