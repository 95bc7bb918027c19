package io.hone.executor.rollout;

import io.hone.conf.LossConfig.KlEstimator;
import io.hone.executor.advantage.DiscountedReturns;
import io.hone.executor.advantage.KlPenalty;
import io.hone.executor.table.RolloutRow;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What the tokens of a rollout earn and return: a pure function of its row, so that the task that
 * made the rollout, the driver that replays it and the task that learns from it have the same
 * numbers bit for bit, and none of them has to send them.
 *
 * <p>A token earns its share of the reward, which stands at the last token where no scorer gave
 * shares, less the KL penalty {@code coefficient * estimate(old, reference)} of the log-probs at
 * the weights with which the step began.
 *
 * @param discount of the next token's return
 * @param klCoefficient of this step; 0 for no penalty, which then needs no reference
 * @param klEstimator of the penalty
 */
public record RolloutReturns(double discount, double klCoefficient, KlEstimator klEstimator)
    implements Serializable {

  /** Rewards as they are. */
  public static final RolloutReturns PLAIN = new RolloutReturns(1, 0, KlEstimator.K1);

  /**
   * The reward of each token. Their sum is the row's reward less the penalties.
   *
   * @param row with a valid reward and, for a penalty, old and reference log-probs
   */
  public double[] rewards(RolloutRow row) {
    double[] rewards = new double[row.tokenIds().length];
    if (rewards.length == 0) {
      return rewards;
    }
    double rest = row.reward();
    if (row.tokenRewards() != null) {
      for (int token = 0; token < rewards.length; token++) {
        rewards[token] = row.tokenRewards()[token];
        rest -= rewards[token];
      }
    }
    // Shares need not add up to the reward: what they leave belongs to the whole completion.
    rewards[rewards.length - 1] += rest;
    if (klCoefficient > 0) {
      for (int token = 0; token < rewards.length; token++) {
        rewards[token] -=
            klCoefficient
                * KlPenalty.estimate(
                    klEstimator, row.oldLogprobs()[token], row.referenceLogprobs()[token]);
      }
    }
    return rewards;
  }

  /** What each token returns: its reward and, discounted, those of the tokens behind it. */
  public double[] of(RolloutRow row) {
    return returns(rewards(row));
  }

  double[] returns(double[] rewards) {
    boolean[] mask = new boolean[rewards.length];
    Arrays.fill(mask, true);
    return DiscountedReturns.of(rewards, mask, discount);
  }
}
