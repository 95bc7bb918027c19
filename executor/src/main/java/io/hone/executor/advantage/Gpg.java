package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig.Singleton;
import java.util.List;

/**
 * Group policy gradient: {@code A = alpha (r - mean of the group)} with {@code alpha = completions
 * / completions of non-zero reward}, both counted over the rewards of the step that are compared.
 * Makes up for prompts on which every completion fails, where failing is worth 0.
 *
 * <p>Chu et al. 2025, "GPG", with its norm F equal to 1; numbers as verl's {@code gpg}.
 */
record Gpg(Singleton singleton) implements Estimator {
  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    double alpha = alpha(groups);
    return groups.stream().map(group -> advantages(group, alpha)).toList();
  }

  private GroupAdvantages advantages(GroupRewards group, double alpha) {
    double mean = group.moments().mean();
    return Comparison.of(
        group,
        singleton,
        member -> TokenAdvantage.constant(alpha * group.value(member)),
        member -> TokenAdvantage.constant(alpha * (group.value(member) - mean)));
  }

  private static double alpha(List<GroupRewards> groups) {
    long rewards = 0;
    long nonZero = 0;
    for (GroupRewards group : groups) {
      if (!Comparison.isDropped(group)) {
        for (double value : group.values()) {
          rewards++;
          nonZero += value == 0 ? 0 : 1;
        }
      }
    }
    return (double) rewards / Math.max(1, nonZero);
  }
}
