package io.hone.executor.advantage;

import java.util.function.IntToDoubleFunction;

/** The advantages of the completions of one prompt at one step, in the order of their samples. */
public final class GroupAdvantages {
  private final double[] values;
  private final boolean[] included;

  private GroupAdvantages(double[] values, boolean[] included) {
    this.values = values;
    this.included = included;
  }

  /** A group of which no completion takes part in the update. */
  static GroupAdvantages none(int size) {
    return new GroupAdvantages(new double[size], new boolean[size]);
  }

  /** An advantage for each completion that has a reward; the others take no part in the update. */
  static GroupAdvantages of(GroupRewards group, IntToDoubleFunction advantage) {
    GroupAdvantages advantages = none(group.size());
    for (int member = 0; member < group.size(); member++) {
      if (group.isValid(member)) {
        advantages.values[member] = advantage.applyAsDouble(member);
        advantages.included[member] = true;
      }
    }
    return advantages;
  }

  /** How many completions the group has, included or not. */
  public int size() {
    return values.length;
  }

  /**
   * Whether a completion takes part in the update. One that does not counts in no loss and in no
   * normaliser, which is not the same as an advantage of 0.
   */
  public boolean isIncluded(int member) {
    return included[member];
  }

  /** The advantage of every token of a completion; 0 if it is not included. */
  public double value(int member) {
    return values[member];
  }
}
