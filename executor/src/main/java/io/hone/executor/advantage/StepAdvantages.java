package io.hone.executor.advantage;

import java.util.List;

/**
 * What the completions of a step gained.
 *
 * @param groups the advantages of each group, in the order in which the groups were given
 * @param statistics what happened to groups and completions
 */
public record StepAdvantages(List<GroupAdvantages> groups, AdvantageStatistics statistics) {
  public StepAdvantages {
    groups = List.copyOf(groups);
  }

  static StepAdvantages of(List<GroupAdvantages> groups) {
    int dropped = 0;
    int degenerate = 0;
    int samples = 0;
    int included = 0;
    int outliers = 0;
    for (GroupAdvantages group : groups) {
      if (group.isDropped()) {
        dropped++;
      } else if (!group.rewards().moments().vary()) {
        degenerate++;
      }
      samples += group.size();
      for (int member = 0; member < group.size(); member++) {
        included += group.isIncluded(member) ? 1 : 0;
        outliers += group.exclusion(member).filter(Exclusion.OUTLIER::equals).isPresent() ? 1 : 0;
      }
    }
    return new StepAdvantages(
        groups,
        new AdvantageStatistics(
            groups.size(),
            dropped,
            degenerate,
            samples,
            included,
            outliers,
            Whitening.tokens(groups)));
  }
}
