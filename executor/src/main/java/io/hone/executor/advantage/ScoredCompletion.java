package io.hone.executor.advantage;

import io.hone.executor.reward.Reward;
import io.hone.executor.statistics.Moments;

/**
 * What an estimator knows of one completion.
 *
 * @param reward what the completion is worth, with the scores of its components
 * @param total sum of the rewards of its tokens: the reward, less the KL penalty where that is part
 *     of the reward; finite where the reward is valid, not read elsewhere
 * @param returns of its tokens, one for each token that the loss may count
 * @param masked whether no token of it counts in the loss; its reward counts in baselines all the
 *     same
 */
public record ScoredCompletion(Reward reward, double total, Moments returns, boolean masked) {
  /**
   * @throws IllegalArgumentException if the reward is valid and a number is not finite
   */
  public ScoredCompletion {
    if (reward.valid()
        && !(Double.isFinite(total)
            && Double.isFinite(returns.mean())
            && Double.isFinite(returns.squares()))) {
      throw new IllegalArgumentException(
          "a valid reward has the total " + total + " and " + returns + " (expected finite)");
    }
  }
}
