package io.hone.driver.train;

import io.hone.conf.RunConfig;
import io.hone.executor.advantage.Advantages;
import io.hone.executor.advantage.GroupRewards;
import io.hone.executor.advantage.StepAdvantages;
import io.hone.executor.gradient.SampleAdvantage;
import io.hone.executor.gradient.SampleSource;
import io.hone.kernels.model.Objective;
import java.util.List;

/** The policy loss of completions with advantages. */
record PolicyObjective(RunConfig config) implements RolloutObjective {

  @Override
  public StepAdvantages advantages(StepRollouts rollouts, StepNumbers now) {
    List<GroupRewards> rewards = rollouts.rewards(config.rollout().maskTruncated());
    return config.rollout().refills() == 0
        ? advantages(rewards, now)
        : Advantages.ofDiffering(rewards, differing -> advantages(differing, now));
  }

  private StepAdvantages advantages(List<GroupRewards> rewards, StepNumbers now) {
    return config.hasCritic()
        ? Advantages.whitened(rewards, config.advantage())
        : Advantages.compute(
            rewards,
            config.advantage(),
            now.reward(),
            now.multipliers().stream()
                .map(multiplier -> multiplier.constraint(now.reward()))
                .toList());
  }

  @Override
  public SampleSource source(StepRollouts rollouts, List<SampleSource.Selection> selections) {
    return new SampleSource.Rollouts(rollouts.returns(), selections);
  }

  @Override
  public Objective objective(
      StepRollouts rollouts, StepNumbers now, List<SampleAdvantage> samples) {
    return Losses.policy(config, now, rollouts.completionTokens(samples), samples.size());
  }

  @Override
  public void metrics(Metrics metrics, StepRollouts rollouts, PolicyLearner.Learned learned) {
    if (config.hasKlInReward()) {
      RolloutMetrics.klPenalty(metrics, rollouts.outcomes());
    }
    RolloutMetrics.groups(metrics, learned.advantages().statistics());
    RolloutMetrics.advantages(metrics, learned.advantages().statistics());
    RolloutMetrics.lengths(metrics, rollouts.outcomes());
    UpdateMetrics.policy(metrics, learned.updates());
  }
}
