package io.hone.executor.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutAssignmentTest {
  private static List<PromptGroup> groups(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            group ->
                new PromptGroup(
                    group, group, "p" + group, 0, "text", new int[] {1}, Map.of(), "{}"))
        .toList();
  }

  @Test
  void groupsAreDealtInTurn() {
    List<RolloutAssignment> assignments = RolloutAssignment.deal(groups(5), 2);
    assertThat(assignments).extracting(RolloutAssignment::partition).containsExactly(0, 1);
    assertThat(assignments.get(0).groups()).extracting(PromptGroup::group).containsExactly(0, 2, 4);
    assertThat(assignments.get(1).groups()).extracting(PromptGroup::group).containsExactly(1, 3);
  }

  @Test
  void furtherGroupsGoToFurtherPartitions() {
    List<RolloutAssignment> further = RolloutAssignment.deal(groups(8).subList(5, 8), 2, 4);
    assertThat(further).extracting(RolloutAssignment::partition).containsExactly(4, 5);
    assertThat(further.get(0).groups()).extracting(PromptGroup::group).containsExactly(5, 7);
    assertThat(further.get(1).groups()).extracting(PromptGroup::group).containsExactly(6);
  }

  @Test
  void noTaskIsLeftWithoutAGroup() {
    assertThat(RolloutAssignment.deal(groups(2), 8)).hasSize(2);
  }
}
