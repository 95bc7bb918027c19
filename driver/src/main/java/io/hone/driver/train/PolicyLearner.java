package io.hone.driver.train;

import io.hone.conf.RunConfig;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.UpdateResult;
import io.hone.executor.advantage.GroupAdvantages;
import io.hone.executor.advantage.StepAdvantages;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.SampleAdvantage;
import io.hone.executor.gradient.SampleSource;
import io.hone.kernels.model.LossSettings;
import io.hone.kernels.model.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Learns from the rollouts of a step: advantages once, then an update for each mini-batch of each
 * epoch. The same for rollouts just sampled and for committed ones that a restart replays.
 */
final class PolicyLearner {
  private final RunConfig config;
  private final Exchange exchange;
  private final Optional<Exchange> critic;
  private final RolloutObjective objective;
  private final UpdateQuota quota;

  /**
   * @param critic of a critic of its own, which learns from the same mini-batches
   */
  PolicyLearner(
      RunConfig config,
      Exchange exchange,
      Optional<Exchange> critic,
      RolloutObjective objective,
      UpdateQuota quota) {
    this.config = config;
    this.exchange = exchange;
    this.critic = critic;
    this.objective = objective;
    this.quota = quota;
  }

  /**
   * What a step taught.
   *
   * @param advantages of every completion
   * @param updates of the policy, in order; fewer than planned where a mini-batch had nothing to
   *     learn from
   * @param criticUpdates of a critic of its own, in order
   */
  record Learned(
      StepAdvantages advantages, List<UpdateResult> updates, List<UpdateResult> criticUpdates) {

    /** All of them. */
    List<UpdateResult> allUpdates() {
      return Stream.concat(updates.stream(), criticUpdates.stream()).toList();
    }
  }

  /**
   * Makes the updates of a step.
   *
   * @param now the numbers of the step
   */
  Learned learn(StepRollouts rollouts, StepNumbers now) {
    Learned learned =
        new Learned(objective.advantages(rollouts, now), new ArrayList<>(), new ArrayList<>());
    int[] groups = groups(learned.advantages());
    for (int epoch = 0; epoch < config.training().epochs(); epoch++) {
      for (int[] positions :
          MiniBatches.of(
              groups.length,
              config.training().miniBatches(),
              config.seed(),
              rollouts.step(),
              epoch)) {
        update(
            rollouts,
            now,
            IntStream.of(positions).map(position -> groups[position]).toArray(),
            learned);
      }
    }
    return learned;
  }

  /** Those that make mini-batches: all or, where others were sampled for them, those that teach. */
  private int[] groups(StepAdvantages advantages) {
    return IntStream.range(0, advantages.groups().size())
        .filter(group -> config.rollout().refills() == 0 || teaches(advantages.groups().get(group)))
        .toArray();
  }

  private static boolean teaches(GroupAdvantages group) {
    return IntStream.range(0, group.size()).anyMatch(group::isIncluded);
  }

  private void update(StepRollouts rollouts, StepNumbers now, int[] groups, Learned learned) {
    List<GradientAssignment> assignments = new ArrayList<>();
    List<SampleAdvantage> samples = new ArrayList<>();
    int partitions = Math.min(config.gradientPartitions(), groups.length);
    for (int partition = 0; partition < partitions; partition++) {
      Map<Integer, List<SampleAdvantage>> byFile = new TreeMap<>();
      for (int position = partition; position < groups.length; position += partitions) {
        int group = groups[position];
        for (int sample = 0; sample < rollouts.groupSize(); sample++) {
          GroupAdvantages ofGroup = learned.advantages().groups().get(group);
          if (ofGroup.isIncluded(sample)) {
            SampleAdvantage selected =
                new SampleAdvantage(group, sample, ofGroup.advantage(sample));
            byFile
                .computeIfAbsent(rollouts.partition(group), absent -> new ArrayList<>())
                .add(selected);
            samples.add(selected);
          }
        }
      }
      if (!byFile.isEmpty()) {
        assignments.add(
            new GradientAssignment(
                partition, objective.source(rollouts, selections(rollouts, byFile))));
      }
    }
    if (assignments.isEmpty()) {
      return;
    }
    if (critic.isEmpty() || rollouts.step() >= config.critic().warmupSteps()) {
      Objective minimised = objective.objective(rollouts, now, samples);
      learned.updates().add(counted(rollouts.step(), exchange.update(assignments, minimised)));
    }
    if (critic.isPresent()) {
      LossSettings loss = Losses.critic(config, rollouts.completionTokens(samples));
      learned.criticUpdates().add(counted(rollouts.step(), critic.get().update(assignments, loss)));
    }
  }

  private UpdateResult counted(long step, UpdateResult result) {
    quota.count(step, result);
    return result;
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
