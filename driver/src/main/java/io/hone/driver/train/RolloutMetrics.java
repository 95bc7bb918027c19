package io.hone.driver.train;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ConstraintConfig;
import io.hone.conf.RewardConfig;
import io.hone.executor.advantage.AdvantageStatistics;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Score;
import io.hone.executor.reward.VarianceShares;
import io.hone.executor.rollout.CriticOutcome;
import io.hone.executor.rollout.SampleOutcome;
import io.hone.executor.statistics.Moments;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The metrics of a step's rollouts and rewards. */
final class RolloutMetrics {
  private RolloutMetrics() {}

  static void rewards(Metrics metrics, RewardConfig config, List<SampleOutcome> outcomes) {
    Moments reward =
        Moments.of(
            outcomes.stream()
                .filter(outcome -> outcome.reward().valid())
                .mapToDouble(outcome -> outcome.reward().value()));
    metrics.put("reward", reward);
    metrics.put("reward/valid-share", (double) reward.count() / outcomes.size());
    metrics.putMean(
        "reward/greedy-mean",
        Moments.of(
            outcomes.stream()
                .filter(outcome -> outcome.sample() == 0 && outcome.greedyReward() != null)
                .mapToDouble(SampleOutcome::greedyReward)));
    for (String component : components(outcomes)) {
      Moments scores =
          Moments.of(
              outcomes.stream()
                  .map(outcome -> outcome.reward().components().get(component))
                  .filter(Score::valid)
                  .mapToDouble(Score::value));
      metrics.put("component/" + component, scores);
      metrics.put(
          "component/" + component + "/valid-share", (double) scores.count() / outcomes.size());
    }
    for (ConstraintConfig constraint : config.constraints()) {
      ComponentConfig component = config.component(constraint.component());
      metrics.putMean(
          Multiplier.name(constraint) + "/mean",
          Moments.of(
              outcomes.stream()
                  .map(outcome -> outcome.reward().components().get(component.name()))
                  .map(score -> score.countedIn(component))
                  .filter(Score::valid)
                  .mapToDouble(Score::value)));
    }
    List<Reward> rewards = outcomes.stream().map(SampleOutcome::reward).toList();
    VarianceShares.of(config, rewards)
        .forEach(
            (component, share) -> metrics.put("component/" + component + "/variance-share", share));
  }

  /** What the KL penalty took from a completion's reward. */
  static void klPenalty(Metrics metrics, List<SampleOutcome> outcomes) {
    metrics.putMean(
        "reward/kl-penalty-mean",
        Moments.of(
            outcomes.stream()
                .filter(outcome -> outcome.reward().valid())
                .mapToDouble(outcome -> outcome.reward().value() - outcome.total())));
  }

  private static Set<String> components(List<SampleOutcome> outcomes) {
    Map<String, Score> first = outcomes.get(0).reward().components();
    return first.keySet();
  }

  static void groups(Metrics metrics, AdvantageStatistics statistics) {
    metrics.put("groups/count", statistics.groups());
    metrics.put(
        "groups/without-variance-share",
        (double) statistics.degenerateGroups() / statistics.groups());
    metrics.put("groups/dropped-share", (double) statistics.droppedGroups() / statistics.groups());
    metrics.put("samples/count", statistics.samples());
    metrics.put("samples/included", statistics.includedSamples());
  }

  static void advantages(Metrics metrics, AdvantageStatistics statistics) {
    metrics.put("samples/outliers", statistics.outliers());
    metrics.put("advantage", statistics.advantages());
  }

  /** What the critic said of the tokens, and how much of their returns it knew. */
  static void critic(Metrics metrics, List<SampleOutcome> outcomes) {
    CriticOutcome sum = CriticOutcome.NONE;
    for (SampleOutcome outcome : outcomes) {
      sum = sum.plus(outcome.critic());
    }
    if (sum.values().count() > 0) {
      metrics.put("critic/value-mean", sum.values().mean());
      metrics.put("critic/value-deviation", sum.values().deviation());
      metrics.put("critic/return-mean", sum.returns().mean());
      metrics.put("critic/return-deviation", sum.returns().deviation());
      metrics.put("critic/explained-variance", sum.explainedVariance());
    }
  }

  static void lengths(Metrics metrics, List<SampleOutcome> outcomes) {
    metrics.put(
        "length", Moments.of(outcomes.stream().mapToDouble(SampleOutcome::completionTokens)));
    metrics.put(
        "length/maximum",
        outcomes.stream().mapToInt(SampleOutcome::completionTokens).max().orElse(0));
    metrics.put(
        "length/truncated-share",
        (double) outcomes.stream().filter(SampleOutcome::truncated).count() / outcomes.size());
    metrics.put(
        "tokens/completion",
        (double) outcomes.stream().mapToLong(SampleOutcome::completionTokens).sum());
    metrics.put(
        "tokens/prompt", (double) outcomes.stream().mapToLong(SampleOutcome::promptTokens).sum());
  }
}
