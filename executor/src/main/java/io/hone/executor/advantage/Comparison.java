package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig.Singleton;
import java.util.function.IntFunction;

/** When completions can be compared with their group. */
final class Comparison {
  private Comparison() {}

  /**
   * The advantages of a group by comparison. A lone reward of a larger group has nothing to be
   * compared with, so the group is dropped; a group of one never had.
   *
   * @param singleton whether a group of one gets its score, or 0
   * @param score of a group of one
   * @param advantage of a member of a group with at least two rewards
   */
  static GroupAdvantages of(
      GroupRewards group,
      Singleton singleton,
      IntFunction<TokenAdvantage> score,
      IntFunction<TokenAdvantage> advantage) {
    if (isDropped(group)) {
      return GroupAdvantages.none(group, Exclusion.NO_BASELINE);
    }
    if (group.size() > 1) {
      return GroupAdvantages.of(group, advantage);
    }
    return GroupAdvantages.of(
        group, singleton == Singleton.SCORE ? score : member -> TokenAdvantage.constant(0));
  }

  /** The same, with the reward as the score of a group of one. */
  static GroupAdvantages of(
      GroupRewards group, Singleton singleton, IntFunction<TokenAdvantage> advantage) {
    return of(group, singleton, member -> TokenAdvantage.constant(group.value(member)), advantage);
  }

  /** Whether a group has too few rewards to compare. */
  static boolean isDropped(GroupRewards group) {
    return group.size() == 0 || group.validCount() < Math.min(2, group.size());
  }
}
