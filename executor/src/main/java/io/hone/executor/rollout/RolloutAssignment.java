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
   * Deals queries to partitions in turn, the first to the first, whatever executors there are.
   *
   * @param groups in the order of the step
   * @param partitions how many at most; none is empty
   */
  public static List<RolloutAssignment> deal(List<PromptGroup> groups, int partitions) {
    return deal(groups, partitions, 0);
  }

  /**
   * The same for groups that a step adds to those it has.
   *
   * @param before partitions of the step that have work already
   */
  public static List<RolloutAssignment> deal(List<PromptGroup> groups, int partitions, int before) {
    int first = groups.isEmpty() ? 0 : groups.get(0).query();
    int queries = groups.isEmpty() ? 0 : groups.get(groups.size() - 1).query() - first + 1;
    List<List<PromptGroup>> dealt = new ArrayList<>();
    for (int partition = 0; partition < Math.min(partitions, queries); partition++) {
      dealt.add(new ArrayList<>());
    }
    for (PromptGroup group : groups) {
      dealt.get((group.query() - first) % dealt.size()).add(group);
    }
    List<RolloutAssignment> assignments = new ArrayList<>();
    for (int partition = 0; partition < dealt.size(); partition++) {
      assignments.add(new RolloutAssignment(before + partition, dealt.get(partition)));
    }
    return assignments;
  }
}
