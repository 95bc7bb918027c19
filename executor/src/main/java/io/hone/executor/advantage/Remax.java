package io.hone.executor.advantage;

import java.util.List;

/**
 * ReMax: {@code A_t = G_t - reward of the prompt's greedy completion}, with the undiscounted return
 * {@code G_t} of each token. The greedy completion's reward is that of the scorers, without a KL
 * penalty. Where it has none the group is dropped.
 *
 * <p>Li et al. 2024, "ReMax"; numbers as verl's {@code remax}.
 */
record Remax() implements Estimator {
  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    return groups.stream().map(Remax::advantages).toList();
  }

  private static GroupAdvantages advantages(GroupRewards group) {
    if (group.greedyReward().isEmpty()) {
      return GroupAdvantages.none(group, Exclusion.NO_GREEDY_REWARD);
    }
    double baseline = group.greedyReward().getAsDouble();
    return GroupAdvantages.of(group, member -> TokenAdvantage.ofReturns(baseline, 1));
  }
}
