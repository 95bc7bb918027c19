package io.hone.executor.advantage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreferencePairsTest {
  private static final double NONE = Double.NaN;

  @Test
  void theLargestAndTheSmallestRewardMakeAPair() {
    GroupAdvantages pair = select(Groups.of(0, 2, NONE, -1, 1));
    assertThat(pair.value(1)).isEqualTo(1);
    assertThat(pair.value(3)).isEqualTo(-1);
    assertThat(included(pair)).containsExactly(1, 3);
    assertThat(pair.exclusion(0)).contains(Exclusion.NOT_COMPARED);
    assertThat(pair.exclusion(2)).contains(Exclusion.NO_REWARD);
  }

  @Test
  void ofEqualRewardsTheFirstCounts() {
    assertThat(included(select(Groups.of(1, 3, 3, 1)))).containsExactly(0, 1);
    assertThat(included(select(Groups.of(3, 1, 1, 3)))).containsExactly(0, 1);
  }

  @Test
  void nothingToCompareMakesNoPair() {
    GroupAdvantages equal = select(Groups.of(2, 2, NONE));
    assertThat(included(equal)).isEmpty();
    assertThat(equal.exclusion(0)).contains(Exclusion.EQUAL_REWARDS);
    GroupAdvantages lone = select(Groups.of(2, NONE, NONE));
    assertThat(included(lone)).isEmpty();
    assertThat(lone.exclusion(0)).contains(Exclusion.NO_BASELINE);
    assertThat(included(select(Groups.of(NONE, NONE)))).isEmpty();
  }

  @Test
  void maskedCompletionsAreNotCompared() {
    GroupAdvantages pair =
        select(
            Groups.group(
                List.of(
                    Groups.masked(5),
                    Groups.completion(2),
                    Groups.completion(1),
                    Groups.masked(0))));
    assertThat(included(pair)).containsExactly(1, 2);
    assertThat(pair.exclusion(0)).contains(Exclusion.TRUNCATED);
    assertThat(included(select(Groups.group(List.of(Groups.masked(5), Groups.completion(2))))))
        .isEmpty();
  }

  @Test
  void countsWhatBecameOfGroups() {
    AdvantageStatistics statistics =
        PreferencePairs.select(
                List.of(
                    Groups.of(0, 1, 2),
                    Groups.of(1, 1, 1),
                    Groups.of(1, NONE, NONE),
                    Groups.of(4, 3, 2)))
            .statistics();
    assertThat(statistics.groups()).isEqualTo(4);
    assertThat(statistics.degenerateGroups()).isEqualTo(1);
    assertThat(statistics.droppedGroups()).isEqualTo(1);
    assertThat(statistics.samples()).isEqualTo(12);
    assertThat(statistics.includedSamples()).isEqualTo(4);
  }

  private static GroupAdvantages select(GroupRewards group) {
    return PreferencePairs.select(List.of(group)).groups().get(0);
  }

  private static List<Integer> included(GroupAdvantages group) {
    List<Integer> included = new ArrayList<>();
    for (int member = 0; member < group.size(); member++) {
      if (group.isIncluded(member)) {
        included.add(member);
      }
    }
    return included;
  }
}
