package io.hone.executor.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * Advantages of the reward and of constrained components, each estimated by itself, made one:
 * {@code A = (1 - 1/N sum_i |c_i|) A_reward + 1/N sum_i c_i A_i} over the N constraints whose
 * coefficients are shares, plus {@code sum_j c_j A_j} over the others.
 *
 * <p>Moskovitz et al., "Confronting reward model overoptimization with constrained RLHF", 2023,
 * whose code has it for one constraint and value heads, {@code A = (1 - sigmoid(mu)) A_task +
 * sigmoid(mu) A_constraint} or {@code A_task + mu A_constraint}. Several constraints, and groups in
 * place of value heads, are our generalisation.
 */
final class ConstrainedAdvantages {
  private ConstrainedAdvantages() {}

  /**
   * A completion that lacks one of the scores takes no part in the update. A group that skips the
   * component of a constraint has the advantages that it would have without that constraint.
   *
   * @param groups the rewards of every group of the step
   * @param constraints at least one
   */
  static List<GroupAdvantages> of(
      List<GroupRewards> groups, Estimator estimator, List<Constraint> constraints) {
    List<GroupAdvantages> task = estimator.advantages(groups);
    List<List<GroupAdvantages>> own =
        constraints.stream()
            .map(constraint -> groups.stream().map(constraint::isolated).toList())
            .map(estimator::advantages)
            .toList();
    List<GroupAdvantages> mixed = new ArrayList<>();
    for (int index = 0; index < groups.size(); index++) {
      int group = index;
      List<Constraint> applicable =
          constraints.stream()
              .filter(constraint -> constraint.appliesTo(groups.get(group)))
              .toList();
      long sharing = applicable.stream().filter(Constraint::shared).count();
      double shares =
          applicable.stream()
              .filter(Constraint::shared)
              .mapToDouble(constraint -> Math.abs(constraint.coefficient()))
              .sum();
      GroupAdvantages sum = scaled(task.get(group), sharing == 0 ? 1 : 1 - shares / sharing);
      for (Constraint constraint : applicable) {
        double factor = constraint.coefficient() / (constraint.shared() ? sharing : 1);
        sum = sum.plus(scaled(own.get(constraints.indexOf(constraint)).get(group), factor));
      }
      mixed.add(sum);
    }
    return mixed;
  }

  private static GroupAdvantages scaled(GroupAdvantages group, double factor) {
    return group.map(advantage -> advantage.standardised(0, factor));
  }
}
