package io.hone.executor.advantage;

import io.hone.executor.reward.Reward;
import java.util.List;

/** The rewards of the completions of one prompt at one step, in the order of their samples. */
public final class GroupRewards {
  private final double[] values;
  private final boolean[] valid;

  private GroupRewards(double[] values, boolean[] valid) {
    this.values = values;
    this.valid = valid;
  }

  /**
   * Rewards as plain numbers; both arrays are copied.
   *
   * @param values what stands where {@code valid} is false does not matter
   * @param valid whether each completion has a reward
   * @throws IllegalArgumentException if the lengths differ or a valid reward is not finite
   */
  public static GroupRewards of(double[] values, boolean[] valid) {
    if (values.length != valid.length) {
      throw new IllegalArgumentException(
          values.length + " rewards and " + valid.length + " validities in one group");
    }
    for (int member = 0; member < values.length; member++) {
      if (valid[member] && !Double.isFinite(values[member])) {
        throw new IllegalArgumentException(
            "reward " + member + " is valid and " + values[member] + " (expected finite)");
      }
    }
    return new GroupRewards(values.clone(), valid.clone());
  }

  /** The rewards that {@link io.hone.executor.reward.RewardFunction} gave a group. */
  public static GroupRewards of(List<Reward> rewards) {
    double[] values = new double[rewards.size()];
    boolean[] valid = new boolean[rewards.size()];
    for (int member = 0; member < rewards.size(); member++) {
      values[member] = rewards.get(member).value();
      valid[member] = rewards.get(member).valid();
    }
    return new GroupRewards(values, valid);
  }

  /** How many completions the group has, with a reward or without. */
  public int size() {
    return values.length;
  }

  /** How many of them have a reward. */
  public int validCount() {
    int count = 0;
    for (boolean member : valid) {
      count += member ? 1 : 0;
    }
    return count;
  }

  /** Whether a completion has a reward. */
  public boolean isValid(int member) {
    return valid[member];
  }

  /**
   * The reward of a completion.
   *
   * @throws IllegalStateException if it has none
   */
  public double value(int member) {
    if (!valid[member]) {
      throw new IllegalStateException("member " + member + " has no valid reward");
    }
    return values[member];
  }
}
