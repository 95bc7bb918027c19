package io.hone.jobs;

import io.hone.conf.UserException;
import io.hone.driver.run.CommittedRun;
import io.hone.driver.train.CommittedMetrics;
import io.hone.driver.train.Metrics;
import io.hone.jobs.inspect.CommittedRollouts;
import io.hone.jobs.inspect.RolloutReport;
import io.hone.jobs.inspect.StepDetail;
import io.hone.jobs.inspect.StepTable;
import io.hone.jobs.terminal.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hone inspect}: what happened in a run. */
@Command(
    name = "inspect",
    sortOptions = false,
    description = {
      "Show what happened in a run.",
      "",
      "Without options: a line for each committed step, then the best and worst rollouts of the last one. It may be"
          + " used while the run goes on.",
      ""
    },
    footer = {
      "",
      "no-variance: share of groups whose completions all have the same reward. kl: of the updated policy from the one"
          + " that sampled. Shares are of completions, means over a step."
    })
final class InspectCommand implements Runnable {
  private static final int EXCERPT = 600;

  private final Console console;

  @Parameters(paramLabel = "RUN", description = "Run directory: a path, or an address of Hadoop's.")
  private String run;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Show all numbers of this step, and its rollouts instead of the last one's.")
  private Optional<Integer> step = Optional.empty();

  @Option(
      names = "--best",
      paramLabel = "K",
      defaultValue = "3",
      description = "Number of best rollouts shown (default: ${DEFAULT-VALUE}).")
  private int best;

  @Option(
      names = "--worst",
      paramLabel = "K",
      defaultValue = "3",
      description = "Number of worst rollouts shown (default: ${DEFAULT-VALUE}).")
  private int worst;

  @Option(
      names = "--prompt",
      paramLabel = "ID",
      description = "Show every rollout of this prompt instead, of all steps or of --step.")
  private Optional<String> prompt = Optional.empty();

  @Option(
      names = "--full",
      description = "Show texts in full, not just their first " + EXCERPT + " characters.")
  private boolean full;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    requireCount("--best", best);
    requireCount("--worst", worst);
    Configuration conf = HadoopSettings.read();
    CommittedRun committed = CommittedRun.open(run, conf);
    if (committed.steps() == 0) {
      throw new UserException(
          run + ": has no committed step yet (expected a run that has made at least one)");
    }
    step.ifPresent(wanted -> requireCommitted(wanted, committed.steps()));
    RolloutReport rollouts =
        new RolloutReport(
            new CommittedRollouts(committed, conf), full ? Integer.MAX_VALUE : EXCERPT);
    if (prompt.isPresent()) {
      showPrompt(committed, rollouts, prompt.get());
    } else {
      showSteps(committed);
      rollouts
          .extremes(step.orElse(committed.steps() - 1), best, worst)
          .forEach(console.out()::println);
    }
  }

  private void showSteps(CommittedRun committed) {
    console.out().println(summary(committed));
    console.out().println();
    if (step.isPresent()) {
      StepDetail.of(CommittedMetrics.of(committed, step.get()))
          .lines()
          .forEach(console.out()::println);
    } else {
      Map<Integer, Metrics> steps = new TreeMap<>();
      for (int i = 0; i < committed.steps(); i++) {
        steps.put(i, CommittedMetrics.of(committed, i));
      }
      StepTable.of(steps).lines().forEach(console.out()::println);
    }
  }

  private String summary(CommittedRun committed) {
    String checkpoint =
        committed
            .latestCheckpoint()
            .map(
                latest ->
                    "newest checkpoint checkpoints/"
                        + committed.layout().checkpoint(latest).getName())
            .orElse("no checkpoint");
    return run
        + ": "
        + committed.steps()
        + (committed.steps() == 1 ? " step" : " steps")
        + " committed, "
        + checkpoint;
  }

  private void showPrompt(CommittedRun committed, RolloutReport rollouts, String promptId) {
    List<String> lines = new ArrayList<>();
    int first = step.orElse(0);
    int last = step.orElse(committed.steps() - 1);
    for (int i = first; i <= last; i++) {
      lines.addAll(rollouts.ofPrompt(i, promptId));
    }
    if (lines.isEmpty()) {
      throw new UserException(
          "--prompt "
              + promptId
              + ": no rollout of it in "
              + run
              + step.map(wanted -> " at step " + wanted).orElse("")
              + " (expected a prompt id as inspect shows them in brackets)");
    }
    lines.stream().skip(1).forEach(console.out()::println);
  }

  private void requireCommitted(int wanted, int steps) {
    if (wanted < 0 || wanted >= steps) {
      throw new UserException(
          "--step "
              + wanted
              + ": is not a committed step of "
              + run
              + " (expected 0 to "
              + (steps - 1)
              + ")");
    }
  }

  private static void requireCount(String option, int value) {
    if (value < 0) {
      throw new UserException(option + " " + value + ": is negative (expected 0 or more)");
    }
  }
}
