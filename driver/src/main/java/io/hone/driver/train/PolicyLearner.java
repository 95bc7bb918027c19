package io.hone.driver.train;

import io.hone.conf.RunConfig;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.UpdateResult;
import io.hone.executor.advantage.GroupAdvantages;
import io.hone.executor.advantage.StepAdvantages;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.SampleAdvantage;
import io.hone.executor.gradient.SampleSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns from the rollouts of a step: advantages once, then an update for each mini-batch of each
 * epoch. The same for rollouts just sampled and for committed ones that a restart replays.
 */
final class PolicyLearner {
  private final RunConfig config;
  private final Exchange exchange;
  private final RolloutObjective objective;
  private final UpdateQuota quota;

  PolicyLearner(
      RunConfig config, Exchange exchange, RolloutObjective objective, UpdateQuota quota) {
    this.config = config;
    this.exchange = exchange;
    this.objective = objective;
    this.quota = quota;
  }

  /**
   * What a step taught.
   *
   * @param advantages of every completion
   * @param updates in order; fewer than planned where a mini-batch had nothing to learn from
   */
  record Learned(StepAdvantages advantages, List<UpdateResult> updates) {}

  /**
   * Makes the updates of a step.
   *
   * @param now the numbers of the step
   */
  Learned learn(StepRollouts rollouts, StepNumbers now) {
    StepAdvantages advantages = objective.advantages(rollouts, now);
    List<UpdateResult> updates = new ArrayList<>();
    for (int epoch = 0; epoch < config.training().epochs(); epoch++) {
      for (int[] groups :
          MiniBatches.of(
              rollouts.groups(),
              config.training().miniBatches(),
              config.seed(),
              rollouts.step(),
              epoch)) {
        update(rollouts, now, advantages, groups, updates);
      }
    }
    return new Learned(advantages, updates);
  }

  private void update(
      StepRollouts rollouts,
      StepNumbers now,
      StepAdvantages advantages,
      int[] groups,
      List<UpdateResult> updates) {
    List<GradientAssignment> assignments = new ArrayList<>();
    List<SampleAdvantage> samples = new ArrayList<>();
    int partitions = Math.min(config.gradientPartitions(), groups.length);
    for (int partition = 0; partition < partitions; partition++) {
      Map<Integer, List<SampleAdvantage>> byFile = new TreeMap<>();
      for (int position = partition; position < groups.length; position += partitions) {
        int group = groups[position];
        for (int sample = 0; sample < rollouts.groupSize(); sample++) {
          GroupAdvantages ofGroup = advantages.groups().get(group);
          if (ofGroup.isIncluded(sample)) {
            SampleAdvantage learned = new SampleAdvantage(group, sample, ofGroup.advantage(sample));
            byFile
                .computeIfAbsent(rollouts.partition(group), absent -> new ArrayList<>())
                .add(learned);
            samples.add(learned);
          }
        }
      }
      if (!byFile.isEmpty()) {
        assignments.add(
            new GradientAssignment(
                partition, objective.source(rollouts, selections(rollouts, byFile))));
      }
    }
    if (!assignments.isEmpty()) {
      UpdateResult result =
          exchange.update(assignments, objective.objective(rollouts, now, samples));
      quota.count(rollouts.step(), result);
      updates.add(result);
    }
  }

  private static List<SampleSource.Selection> selections(
      StepRollouts rollouts, Map<Integer, List<SampleAdvantage>> byFile) {
    List<SampleSource.Selection> selections = new ArrayList<>();
    byFile.forEach(
        (file, advantages) ->
            selections.add(
                new SampleSource.Selection(
                    rollouts.cacheKey(file), rollouts.files().get(file), advantages)));
    return selections;
  }
}
