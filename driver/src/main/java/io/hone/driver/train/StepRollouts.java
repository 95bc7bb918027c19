package io.hone.driver.train;

import io.hone.executor.advantage.GroupRewards;
import io.hone.executor.reward.Reward;
import io.hone.executor.rollout.RolloutCache;
import io.hone.executor.rollout.SampleOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The rollouts of a step as the driver knows them: numbers for each completion, and where the rows
 * are.
 *
 * @param run identity of the run
 * @param step the step
 * @param groupSize completions of a group
 * @param outcomes of all completions, by group and sample
 * @param files the file of each partition's rows
 */
record StepRollouts(
    String run, long step, int groupSize, List<SampleOutcome> outcomes, List<String> files) {

  StepRollouts {
    for (int i = 0; i < outcomes.size(); i++) {
      SampleOutcome outcome = outcomes.get(i);
      if (outcome.group() != i / groupSize || outcome.sample() != i % groupSize) {
        throw new RunFailedException(
            "step "
                + step
                + ": completion "
                + i % groupSize
                + " of group "
                + i / groupSize
                + " is missing or doubled");
      }
    }
    if (outcomes.size() % groupSize != 0) {
      throw new RunFailedException("step " + step + ": the last group lacks completions");
    }
  }

  int groups() {
    return outcomes.size() / groupSize;
  }

  SampleOutcome outcome(int group, int sample) {
    return outcomes.get(group * groupSize + sample);
  }

  /** The partition whose file has the rows of a group. */
  int partition(int group) {
    return group % files.size();
  }

  RolloutCache.Key cacheKey(int partition) {
    return new RolloutCache.Key(run, step, partition);
  }

  List<GroupRewards> rewards() {
    List<GroupRewards> groups = new ArrayList<>();
    for (int group = 0; group < groups(); group++) {
      List<Reward> rewards = new ArrayList<>();
      for (int sample = 0; sample < groupSize; sample++) {
        rewards.add(outcome(group, sample).reward());
      }
      groups.add(GroupRewards.of(rewards));
    }
    return groups;
  }
}
