package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.RewardConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rewards of a step once all its completions are scored. */
public final class BatchRewards {
  private static final double LEAST_DEVIATION = 1e-8;

  private BatchRewards() {}

  /** Whether a component compares all completions of a step. */
  public static boolean areNeeded(RewardConfig config) {
    return config.components().stream().anyMatch(BatchRewards::isNormalized);
  }

  static boolean isNormalized(ComponentConfig component) {
    return ComponentTypes.of(component).options() == BatchNormalization.Options.class;
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
    Map<String, Standard> standards = new LinkedHashMap<>();
    for (ComponentConfig component : config.components()) {
      if (isNormalized(component)) {
        standards.put(component.name(), Standard.of(component.name(), groups));
      }
    }
    WeightedSum sum = new WeightedSum(config.components());
    return groups.stream()
        .map(group -> sum.rewards(group.stream().map(reward -> scores(reward, standards)).toList()))
        .toList();
  }

  private static Map<String, Score> scores(Reward reward, Map<String, Standard> standards) {
    Map<String, Score> scores = new LinkedHashMap<>(reward.components());
    standards.forEach((name, standard) -> scores.computeIfPresent(name, standard::score));
    return scores;
  }

  /** Mean and sample deviation of a component's valid scores. */
  private record Standard(double mean, double deviation) {
    static Standard of(String component, List<List<Reward>> groups) {
      double[] values =
          groups.stream()
              .flatMap(List::stream)
              .map(reward -> reward.components().get(component))
              .filter(Score::valid)
              .mapToDouble(Score::value)
              .toArray();
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Standard(mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)));
    }

    Score score(String name, Score score) {
      if (!score.valid()) {
        return score;
      }
      return Score.of(
          deviation < LEAST_DEVIATION ? 0 : (score.value() - mean) / deviation, score.confidence());
    }
  }
}
