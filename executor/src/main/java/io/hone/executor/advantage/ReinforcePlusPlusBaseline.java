package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig.Singleton;
import java.util.List;

/**
 * REINFORCE++ with a baseline: {@code A = whiten(r - mean of the group)}, the same for each token
 * and whitened over all tokens of the step, so that a long completion weighs more in the whitening.
 *
 * <p>Hu et al. 2025, "REINFORCE++"; numbers as verl's {@code reinforce_plus_plus_baseline}.
 */
record ReinforcePlusPlusBaseline(Singleton singleton) implements Estimator {
  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    return Whitening.whitened(groups.stream().map(this::centred).toList());
  }

  private GroupAdvantages centred(GroupRewards group) {
    double mean = group.moments().mean();
    return Comparison.of(
        group, singleton, member -> TokenAdvantage.constant(group.value(member) - mean));
  }
}
