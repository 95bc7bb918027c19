package io.hone.driver.train;

import io.hone.conf.RewardConfig;
import io.hone.executor.reward.BatchRewards;
import io.hone.executor.reward.Reward;
import io.hone.executor.rollout.SampleOutcome;
import java.util.ArrayList;
import java.util.List;

/** Completes the rewards that compare all completions of a step, which no task sees. */
final class FinalRewards {
  private FinalRewards() {}

  /**
   * The outcomes with their final rewards.
   *
   * @param config that tasks scored with
   * @param outcomes of all completions, by group and sample
   */
  static List<SampleOutcome> of(RewardConfig config, List<SampleOutcome> outcomes, int groupSize) {
    if (!BatchRewards.areNeeded(config)) {
      return outcomes;
    }
    List<List<Reward>> groups = new ArrayList<>();
    for (int first = 0; first < outcomes.size(); first += groupSize) {
      groups.add(
          outcomes.subList(first, first + groupSize).stream().map(SampleOutcome::reward).toList());
    }
    List<Reward> rewards = BatchRewards.of(config, groups).stream().flatMap(List::stream).toList();
    List<SampleOutcome> completed = new ArrayList<>(outcomes.size());
    for (int i = 0; i < rewards.size(); i++) {
      completed.add(outcomes.get(i).withReward(rewards.get(i)));
    }
    return completed;
  }
}
