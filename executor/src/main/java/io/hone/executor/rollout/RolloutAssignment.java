package io.hone.executor.rollout;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The groups of one rollout task.
 *
 * @param partition index of the task, part of the plan and not of the cluster
 * @param groups in the order of the step
 */
public record RolloutAssignment(int partition, List<PromptGroup> groups) implements Serializable {

  /**
   * Deals groups to partitions in turn: group g goes to partition g mod {@code partitions},
   * whatever executors there are.
   */
  public static List<RolloutAssignment> deal(List<PromptGroup> groups, int partitions) {
    List<List<PromptGroup>> dealt = new ArrayList<>();
    for (int partition = 0; partition < Math.min(partitions, groups.size()); partition++) {
      dealt.add(new ArrayList<>());
    }
    for (PromptGroup group : groups) {
      dealt.get(group.group() % dealt.size()).add(group);
    }
    List<RolloutAssignment> assignments = new ArrayList<>();
    for (int partition = 0; partition < dealt.size(); partition++) {
      assignments.add(new RolloutAssignment(partition, dealt.get(partition)));
    }
    return assignments;
  }
}
