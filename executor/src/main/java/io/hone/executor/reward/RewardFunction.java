package io.hone.executor.reward;

import io.hone.conf.RewardConfig;
import java.util.List;

/** The reward that a configuration describes: a weighted sum of scores. */
public final class RewardFunction {
  private RewardFunction() {}

  /**
   * Makes the scorers of a configuration.
   *
   * @throws io.hone.conf.UserException if there is no component, or one does not fit its type
   */
  public static RewardFunction of(RewardConfig config) {
    throw new UnsupportedOperationException("not yet: " + config);
  }

  /**
   * Rewards all completions of one prompt at one step, in their order.
   *
   * @throws io.hone.conf.UserException if a score is invalid and its component says {@code fail}
   */
  public List<Reward> score(List<Sample> group) {
    throw new UnsupportedOperationException("not yet: " + group);
  }
}
