package io.hone.executor.advantage;

import java.util.List;

/**
 * REINFORCE++: {@code A_t = whiten(G_t)} with the discounted return {@code G_t} of each token,
 * whitened over all tokens of the step. No baseline by prompt, so a group of one is as good as any.
 *
 * <p>Hu et al. 2025, "REINFORCE++"; numbers as verl's {@code reinforce_plus_plus}.
 */
record ReinforcePlusPlus() implements Estimator {
  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    return Whitening.whitened(
        groups.stream()
            .map(group -> GroupAdvantages.of(group, member -> TokenAdvantage.ofReturns(0, 1)))
            .toList());
  }
}
