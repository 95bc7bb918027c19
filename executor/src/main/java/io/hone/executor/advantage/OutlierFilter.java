package io.hone.executor.advantage;

import io.hone.executor.statistics.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Leaves completions out of the update whose advantage is more than a number of deviations from the
 * mean of the step: {@code |A - mean| / deviation > limit}, over the included completions, with the
 * mean over its tokens as the advantage of a completion and the sample deviation (n - 1). Of n
 * completions none is further than {@code (n - 1) / sqrt(n)}, so a limit of 3 needs 11 or more.
 *
 * <p>Zhang et al. 2025 (R1-Reward), "StableReinforce", whose limit is 3.
 */
final class OutlierFilter {
  private OutlierFilter() {}

  static List<GroupAdvantages> filtered(List<GroupAdvantages> groups, double limit) {
    Moments step = Moments.of(groups.stream().flatMapToDouble(OutlierFilter::included).toArray());
    double distance = limit * step.deviation();
    List<GroupAdvantages> filtered = new ArrayList<>(groups.size());
    for (GroupAdvantages group : groups) {
      GroupAdvantages rest = group;
      for (int member = 0; member < group.size(); member++) {
        if (group.isIncluded(member) && Math.abs(group.value(member) - step.mean()) > distance) {
          rest = rest.without(member, Exclusion.OUTLIER);
        }
      }
      filtered.add(rest);
    }
    return filtered;
  }

  private static DoubleStream included(GroupAdvantages group) {
    return IntStream.range(0, group.size()).filter(group::isIncluded).mapToDouble(group::value);
  }
}
