package io.hone.kernels.model;

import java.io.Serializable;

/**
 * What one gradient call saw, as sums that add up over calls and tasks. Sums run over tokens under
 * the loss mask; divide by {@code tokens} for means. With l the policy's, o the old and s the
 * sampler's log-probability of a token, ratio = exp(l - o).
 *
 * @param tokens number of tokens under the mask
 * @param sequences number of sequences with at least one token under the mask
 * @param loss the whole loss, already divided by the normaliser: its sum over tasks is the loss
 * @param policyLoss the part of {@code loss} without KL and entropy terms
 * @param logprob sum of l
 * @param entropy sum of the entropy of the next-token distribution at the sampling temperature,
 *     nats
 * @param ratio sum of the ratio that the loss reads: of the token, or of its sequence
 * @param clipped tokens whose clipped loss is the larger one (clip, gspo, luspo); whose weight is
 *     clipped (cispo, cispo-minimax, vespo); whose log-ratio is out of bounds (gmpo); whose
 *     probability has moved too far (dppo-tv); none of the others
 * @param bounded tokens whose loss the dual clip bounds, or whose ratio the cap does (dppo-tv)
 * @param masked tokens that the off-policy threshold or the share of top entropies leaves out
 * @param approximateKl sum of o - l
 * @param approximateKlK3 sum of ratio - 1 - (l - o)
 * @param referenceKl sum of the configured estimator of the KL divergence to the reference
 * @param mismatchTokens tokens that have sampler log-probabilities
 * @param mismatch sum of o - s
 * @param absoluteMismatch sum of |o - s|
 * @param mismatchWeight sum of the weights of the mismatch correction, 1 each without one
 * @param mismatchBounded tokens whose weight was out of bounds
 * @param valueLoss the part of {@code loss} that is the value head's
 * @param valueClipped tokens whose clipped value loss is the larger one
 * @param maximumRatio largest ratio; a maximum, not a sum
 * @param maximumAbsoluteMismatch largest |o - s|; a maximum, not a sum
 * @param preference what a preference objective saw; {@code policyLoss} is then its part without
 *     the negative log-likelihood
 */
public record LossStatistics(
    double tokens,
    double sequences,
    double loss,
    double policyLoss,
    double logprob,
    double entropy,
    double ratio,
    double clipped,
    double bounded,
    double masked,
    double approximateKl,
    double approximateKlK3,
    double referenceKl,
    double mismatchTokens,
    double mismatch,
    double absoluteMismatch,
    double mismatchWeight,
    double mismatchBounded,
    double valueLoss,
    double valueClipped,
    double maximumRatio,
    double maximumAbsoluteMismatch,
    PreferenceStatistics preference)
    implements Serializable {

  /** Nothing seen. */
  public static final LossStatistics NONE =
      new LossStatistics(
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          PreferenceStatistics.NONE);

  /** From the sums and maxima of {@code policy_loss.py}, in its order. */
  static LossStatistics of(
      long tokens, long sequences, long mismatchTokens, double[] sums, double[] maxima) {
    return new LossStatistics(
        tokens,
        sequences,
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        sums[4],
        sums[5],
        sums[6],
        sums[7],
        sums[8],
        sums[9],
        sums[10],
        mismatchTokens,
        sums[11],
        sums[12],
        sums[13],
        sums[14],
        0,
        0,
        maxima[0],
        maxima[1],
        PreferenceStatistics.NONE);
  }

  /** From the sums of {@code preference.py}, in its order. */
  static LossStatistics ofPreferences(
      long tokens, long sequences, double[] sums, PreferenceStatistics preference) {
    return new LossStatistics(
        tokens,
        sequences,
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        preference);
  }

  /** From the sums of {@code value_loss.py}, in its order: the part of the value head. */
  static LossStatistics ofValues(double[] sums) {
    return new LossStatistics(
        0,
        0,
        sums[0],
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        sums[0],
        sums[1],
        0,
        0,
        PreferenceStatistics.NONE);
  }

  /** Of nothing but so many tokens and sequences. */
  static LossStatistics ofCounts(long tokens, long sequences) {
    return new LossStatistics(
        tokens,
        sequences,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        PreferenceStatistics.NONE);
  }

  /** Sums added, maxima taken. */
  public LossStatistics plus(LossStatistics other) {
    return new LossStatistics(
        tokens + other.tokens,
        sequences + other.sequences,
        loss + other.loss,
        policyLoss + other.policyLoss,
        logprob + other.logprob,
        entropy + other.entropy,
        ratio + other.ratio,
        clipped + other.clipped,
        bounded + other.bounded,
        masked + other.masked,
        approximateKl + other.approximateKl,
        approximateKlK3 + other.approximateKlK3,
        referenceKl + other.referenceKl,
        mismatchTokens + other.mismatchTokens,
        mismatch + other.mismatch,
        absoluteMismatch + other.absoluteMismatch,
        mismatchWeight + other.mismatchWeight,
        mismatchBounded + other.mismatchBounded,
        valueLoss + other.valueLoss,
        valueClipped + other.valueClipped,
        Math.max(maximumRatio, other.maximumRatio),
        Math.max(maximumAbsoluteMismatch, other.maximumAbsoluteMismatch),
        preference.plus(other.preference));
  }
}
