package io.hone.driver.train;

import io.hone.conf.RunConfig;
import io.hone.executor.advantage.PreferencePairs;
import io.hone.executor.advantage.StepAdvantages;
import io.hone.executor.gradient.SampleAdvantage;
import io.hone.executor.gradient.SampleSource;
import io.hone.kernels.model.Objective;
import java.util.List;

/**
 * A preference objective over the best and the worst completion of each group. Log-probabilities of
 * policy and reference are at the temperature that the completions were sampled at.
 */
record PairObjective(RunConfig config) implements RolloutObjective {

  @Override
  public StepAdvantages advantages(StepRollouts rollouts, StepNumbers now) {
    return PreferencePairs.select(rollouts.rewards(config.rollout().maskTruncated()));
  }

  @Override
  public SampleSource source(StepRollouts rollouts, List<SampleSource.Selection> selections) {
    return new SampleSource.RolloutPairs(selections);
  }

  @Override
  public Objective objective(
      StepRollouts rollouts, StepNumbers now, List<SampleAdvantage> samples) {
    List<SampleAdvantage> chosen =
        samples.stream().filter(sample -> sample.advantage().offset() > 0).toList();
    return Losses.preference(
        config, now.temperature(), chosen.size(), rollouts.completionTokens(chosen), 0);
  }

  @Override
  public void metrics(Metrics metrics, StepRollouts rollouts, PolicyLearner.Learned learned) {
    RolloutMetrics.groups(metrics, learned.advantages().statistics());
    RolloutMetrics.lengths(metrics, rollouts.outcomes());
    UpdateMetrics.preference(metrics, learned.updates());
  }
}
