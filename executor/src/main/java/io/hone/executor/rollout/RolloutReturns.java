package io.hone.executor.rollout;

import io.hone.conf.LossConfig.KlEstimator;
import io.hone.executor.advantage.DiscountedReturns;
import io.hone.executor.advantage.Gae;
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
 * @param gae with a critic, what a token returns is its advantage by generalised advantage
 *     estimation; null without one
 */
public record RolloutReturns(
    double discount, double klCoefficient, KlEstimator klEstimator, GaeSettings gae)
    implements Serializable {

  /** Rewards as they are. */
  public static final RolloutReturns PLAIN = new RolloutReturns(1, 0, KlEstimator.K1);

  /** Without a critic. */
  public RolloutReturns(double discount, double klCoefficient, KlEstimator klEstimator) {
    this(discount, klCoefficient, klEstimator, null);
  }

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

  /**
   * What each token returns: its reward and, discounted, those of the tokens behind it; with a
   * critic, its advantage.
   *
   * @param row as {@link #rewards} wants it and, with a critic, with values
   */
  public double[] of(RolloutRow row) {
    double[] rewards = rewards(row);
    return gae == null
        ? DiscountedReturns.of(rewards, all(rewards.length), discount)
        : estimate(row, rewards, gae.lambda()).advantages();
  }

  /** What the critic learns of each token; only with a critic. */
  public double[] valueReturns(RolloutRow row) {
    return estimate(row, rewards(row), gae.valueLambda()).returns();
  }

  private Gae estimate(RolloutRow row, double[] rewards, double lambda) {
    double finalValue = gae.bootstrapTruncated() && row.truncated() ? row.finalValue() : 0;
    return Gae.estimate(rewards, row.values(), all(rewards.length), discount, lambda, finalValue);
  }

  private static boolean[] all(int length) {
    boolean[] mask = new boolean[length];
    Arrays.fill(mask, true);
    return mask;
  }
}
