package io.hone.executor.advantage;

import java.util.List;

/**
 * What the completions of a step gained over their peers.
 *
 * @param groups the advantages of each group, in the order in which the groups were given
 * @param statistics what happened to groups and completions
 */
public record StepAdvantages(List<GroupAdvantages> groups, AdvantageStatistics statistics) {
  public StepAdvantages {
    groups = List.copyOf(groups);
  }
}
