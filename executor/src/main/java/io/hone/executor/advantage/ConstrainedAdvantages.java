package io.hone.executor.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * Advantages of the reward and of constrained components, each estimated by itself, made one:
 * {@code A = (1 - 1/N sum_i |c_i|) A_reward + 1/N sum_i c_i A_i}.
 *
 * <p>Moskovitz et al., "Confronting reward model overoptimization with constrained RLHF", 2023,
 * whose code has it for one constraint and value heads, {@code A = (1 - sigmoid(mu)) A_task +
 * sigmoid(mu) A_constraint}. Several constraints, and groups in place of value heads, are our
 * generalisation.
 */
final class ConstrainedAdvantages {
  private ConstrainedAdvantages() {}

  /**
   * A completion that lacks one of the scores takes no part in the update.
   *
   * @param groups the rewards of every group of the step
   * @param constraints at least one
   */
  static List<GroupAdvantages> of(
      List<GroupRewards> groups, Estimator estimator, List<Constraint> constraints) {
    double magnitude =
        constraints.stream().mapToDouble(constraint -> Math.abs(constraint.coefficient())).sum();
    List<GroupAdvantages> mixed =
        scaled(estimator.advantages(groups), 1 - magnitude / constraints.size());
    for (Constraint constraint : constraints) {
      List<GroupRewards> isolated =
          groups.stream()
              .map(
                  group ->
                      new GroupRewards(
                          group.completions().stream().map(constraint::isolated).toList(),
                          group.greedyReward()))
              .toList();
      List<GroupAdvantages> own =
          scaled(estimator.advantages(isolated), constraint.coefficient() / constraints.size());
      List<GroupAdvantages> sum = new ArrayList<>();
      for (int group = 0; group < mixed.size(); group++) {
        sum.add(mixed.get(group).plus(own.get(group)));
      }
      mixed = sum;
    }
    return mixed;
  }

  private static List<GroupAdvantages> scaled(List<GroupAdvantages> groups, double factor) {
    return groups.stream()
        .map(group -> group.map(advantage -> advantage.standardised(0, factor)))
        .toList();
  }
}
