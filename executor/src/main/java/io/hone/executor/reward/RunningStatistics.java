package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ConfigBinder;
import io.hone.conf.RewardConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all scores of a component were, up to some step.
 *
 * @param mean of at least one score
 * @param deviation sample deviation; 0 of one
 * @param minimum the least
 * @param maximum the greatest
 */
public record RunningStatistics(double mean, double deviation, double minimum, double maximum) {

  /** The components that are normalised by running statistics, and the one that each is made of. */
  public static Map<String, String> inputs(RewardConfig config) {
    Map<String, String> inputs = new LinkedHashMap<>();
    for (ComponentConfig component : config.components()) {
      if (isNormalized(component)) {
        inputs.put(
            component.name(),
            ConfigBinder.bind(component.options(), RunningNormalization.Options.class).of());
      }
    }
    return inputs;
  }

  /**
   * The reward of a step.
   *
   * @param seen what the component that each one is made of was so far, by the name of the one that
   *     is normalised; nothing where there were no scores yet
   */
  public static RewardConfig apply(RewardConfig config, Map<String, RunningStatistics> seen) {
    return config.with(
        config.components().stream()
            .map(
                component ->
                    seen.containsKey(component.name())
                        ? component.withOptions(seen.get(component.name()).options())
                        : component)
            .toList());
  }

  private static boolean isNormalized(ComponentConfig component) {
    return component.type().equals(RunningNormalization.TYPE);
  }

  private Map<String, Double> options() {
    return Map.of("mean", mean, "deviation", deviation, "minimum", minimum, "maximum", maximum);
  }
}
