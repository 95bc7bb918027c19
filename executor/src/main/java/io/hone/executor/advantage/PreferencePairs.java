package io.hone.executor.advantage;

import java.util.Comparator;
import java.util.List;

/**
 * Pairs for preference objectives: of each group the completion with the largest reward is
 * preferred to the one with the smallest, the first of equal ones each time (Guo et al., "Direct
 * language model alignment from online AI feedback", 2024, with rewards in place of an annotator).
 * A group whose rewards are equal, or with fewer than two, makes none.
 *
 * <p>A pair is told as advantages: 1 for its chosen completion, -1 for its rejected one.
 */
public final class PreferencePairs {
  private PreferencePairs() {}

  /** Selects the pairs of a step. */
  public static StepAdvantages select(List<GroupRewards> groups) {
    return StepAdvantages.of(groups.stream().map(PreferencePairs::select).toList());
  }

  private static GroupAdvantages select(GroupRewards group) {
    List<Integer> candidates =
        group.valid().filter(member -> !group.completions().get(member).masked()).boxed().toList();
    if (candidates.size() < 2) {
      return GroupAdvantages.none(group, Exclusion.NO_BASELINE);
    }
    // Streams keep the first of equal ones as minimum, and the last as maximum.
    Comparator<Integer> byReward = Comparator.comparingDouble(group::value);
    int best = candidates.stream().min(byReward.reversed()).orElseThrow();
    int worst = candidates.stream().min(byReward).orElseThrow();
    if (group.value(best) == group.value(worst)) {
      return GroupAdvantages.none(group, Exclusion.EQUAL_REWARDS);
    }
    GroupAdvantages pair =
        GroupAdvantages.of(group, member -> TokenAdvantage.constant(member == best ? 1 : -1));
    for (int member : candidates) {
      if (member != best && member != worst) {
        pair = pair.without(member, Exclusion.NOT_COMPARED);
      }
    }
    return pair;
  }
}
