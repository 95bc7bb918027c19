package io.hone.driver.train;

import io.hone.driver.run.RunDirectory;
import io.hone.executor.advantage.Exclusion;
import io.hone.executor.advantage.GroupAdvantages;
import io.hone.executor.rollout.PromptGroup;
import io.hone.executor.rollout.SampleOutcome;
import io.hone.executor.table.AdvantageRow;
import io.hone.executor.table.TableFile;
import io.hone.executor.table.Tables;
import io.hone.executor.table.TaskOutput;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes what the loss consumed. One file by the driver: a number for each completion, no tensors.
 */
final class AdvantageFile {
  private AdvantageFile() {}

  static TableFile write(
      RunDirectory directory,
      Configuration hadoop,
      StepRollouts rollouts,
      PolicyLearner.Learned learned,
      List<PromptGroup> groups) {
    List<AdvantageRow> rows = new ArrayList<>(rollouts.outcomes().size());
    for (SampleOutcome outcome : rollouts.outcomes()) {
      PromptGroup group = groups.get(outcome.group());
      GroupAdvantages advantages = learned.advantages().groups().get(outcome.group());
      boolean learns = advantages.isIncluded(outcome.sample());
      rows.add(
          new AdvantageRow(
              (int) rollouts.step(),
              group.promptId(),
              group.occurrence(),
              outcome.sample(),
              outcome.reward().valid() ? outcome.total() : null,
              advantages.value(outcome.sample()),
              learns,
              exclusion(outcome, advantages),
              learns ? outcome.completionTokens() : 0));
    }
    return Tables.ADVANTAGES.write(
        directory.committed().layout().advantages((int) rollouts.step()),
        new TaskOutput(directory.epoch(), 0, 0),
        rows,
        hadoop);
  }

  private static String exclusion(SampleOutcome outcome, GroupAdvantages advantages) {
    return outcome.reward().valid()
        ? advantages.exclusion(outcome.sample()).map(Exclusion::text).orElse(null)
        : outcome.reward().reason();
  }
}
