package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig.Singleton;
import java.util.List;

/**
 * On-policy optimal baseline: {@code A_i = r_i - b} with the mean reward of the group weighted by
 * length as {@code b = sum_j |y_j| r_j / sum_j |y_j|}, lengths in tokens.
 *
 * <p>Hao et al. 2025, "On-Policy RL with Optimal Reward Baseline"; numbers as verl's {@code opo}.
 */
record Opo(Singleton singleton) implements Estimator {
  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    return groups.stream().map(this::advantages).toList();
  }

  private GroupAdvantages advantages(GroupRewards group) {
    double baseline = baseline(group);
    return Comparison.of(
        group, singleton, member -> TokenAdvantage.constant(group.value(member) - baseline));
  }

  private static double baseline(GroupRewards group) {
    double weighted = 0;
    long tokens = 0;
    for (int member : group.valid().toArray()) {
      long length = group.completions().get(member).returns().count();
      weighted += length * group.value(member);
      tokens += length;
    }
    return tokens == 0 ? 0 : weighted / tokens;
  }
}
