package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.RewardConfig;
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
    Map<String, Spread> spreads = new LinkedHashMap<>();
    for (ComponentConfig component : config.components()) {
      if (isNormalized(component)) {
        spreads.put(component.name(), spread(component.name(), groups));
      }
    }
    WeightedSum sum = new WeightedSum(config.components());
    return groups.stream()
        .map(group -> sum.rewards(group.stream().map(reward -> scores(reward, spreads)).toList()))
        .toList();
  }

  private static Map<String, Score> scores(Reward reward, Map<String, Spread> spreads) {
    Map<String, Score> scores = new LinkedHashMap<>(reward.components());
    spreads.forEach(
        (name, spread) ->
            scores.computeIfPresent(name, (same, score) -> standardised(score, spread)));
    return scores;
  }

  private static Score standardised(Score score, Spread spread) {
    return score.valid()
        ? Score.of(spread.standardScore(score.value(), 0), score.confidence())
        : score;
  }

  private static Spread spread(String component, List<List<Reward>> groups) {
    return Spread.of(
        groups.stream()
            .flatMap(List::stream)
            .map(reward -> reward.components().get(component))
            .filter(Score::valid)
            .mapToDouble(Score::value)
            .toArray());
  }
}
