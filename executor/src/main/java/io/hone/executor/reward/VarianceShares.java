package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.RewardConfig;
import io.hone.executor.statistics.Moments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of the variance of rewards each component makes: {@code cov(w s, r) / var(r)}, with its
 * weighted score {@code w s} and the sum of all of those as {@code r}. Shares add up to 1; one is
 * negative where a component works against the others.
 */
public final class VarianceShares {
  private VarianceShares() {}

  /**
   * The share of each component with a weight, in the order of the configuration. Components that
   * some of the rewarded completions lack count as 0 there, as in their sum.
   *
   * @param config with weights that stay
   * @param rewards to compare, of which those that are not valid are left out
   * @return nothing where all rewards are equal, or fewer than two
   */
  public static Map<String, Double> of(RewardConfig config, List<Reward> rewards) {
    List<Reward> valid = rewards.stream().filter(Reward::valid).toList();
    Map<String, double[]> parts = new LinkedHashMap<>();
    double[] sums = new double[valid.size()];
    for (ComponentConfig component : config.components()) {
      if (component.weight().value() != 0) {
        double[] part = valid.stream().mapToDouble(reward -> part(component, reward)).toArray();
        parts.put(component.name(), part);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += part[i];
        }
      }
    }
    double variance = covariance(sums, sums);
    Map<String, Double> shares = new LinkedHashMap<>();
    if (variance > 0) {
      parts.forEach((name, part) -> shares.put(name, covariance(part, sums) / variance));
    }
    return shares;
  }

  private static double part(ComponentConfig component, Reward reward) {
    Score score = reward.components().get(component.name()).countedIn(component);
    return component.weight().value() * (score.valid() ? score.value() : 0);
  }

  /** Times the number of values. */
  private static double covariance(double[] first, double[] second) {
    double firstMean = Moments.of(first).mean();
    double secondMean = Moments.of(second).mean();
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += (first[i] - firstMean) * (second[i] - secondMean);
    }
    return sum;
  }
}
