package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.RewardConfig;
import io.hone.executor.statistics.Moments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rewards of a step once all its completions are scored. */
public final class BatchRewards {
  private BatchRewards() {}

  /** Whether a component compares all completions of a step. */
  public static boolean areNeeded(RewardConfig config) {
    return config.components().stream().anyMatch(BatchRewards::isNormalized);
  }

  static boolean isNormalized(ComponentConfig component) {
    return component.type().equals(BatchNormalization.TYPE);
  }

  /**
   * The rewards with the scores that compare all completions in their places. A completion keeps
   * the shares of its tokens.
   *
   * @param config that the rewards were scored with
   * @param groups of all completions, in the order of the step, on which the last bits of sums
   *     depend
   */
  public static List<List<Reward>> of(RewardConfig config, List<List<Reward>> groups) {
    if (!areNeeded(config)) {
      return groups;
    }
    Map<String, Moments> moments = new LinkedHashMap<>();
    for (ComponentConfig component : config.components()) {
      if (isNormalized(component)) {
        moments.put(component.name(), moments(component.name(), groups));
      }
    }
    WeightedSum sum = new WeightedSum(config.components());
    return groups.stream()
        .map(group -> sum.rewards(group.stream().map(reward -> scores(reward, moments)).toList()))
        .toList();
  }

  private static Map<String, Score> scores(Reward reward, Map<String, Moments> moments) {
    Map<String, Score> scores = new LinkedHashMap<>(reward.components());
    moments.forEach(
        (name, all) -> scores.computeIfPresent(name, (same, score) -> standardised(score, all)));
    return scores;
  }

  private static Score standardised(Score score, Moments all) {
    return score.valid()
        ? Score.of(all.standardScore(score.value(), 0), score.confidence())
        : score;
  }

  private static Moments moments(String component, List<List<Reward>> groups) {
    return Moments.of(
        groups.stream()
            .flatMap(List::stream)
            .map(reward -> reward.components().get(component))
            .filter(Score::valid)
            .mapToDouble(Score::value));
  }
}
