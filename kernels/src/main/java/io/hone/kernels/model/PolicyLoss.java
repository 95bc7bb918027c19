package io.hone.kernels.model;

import io.hone.conf.LossConfig.LossType;
import io.hone.conf.LossConfig.RatioLevel;
import io.hone.conf.MismatchConfig;
import io.hone.conf.SapoConfig;
import io.hone.conf.VespoConfig;
import java.io.Serializable;

/**
 * The loss of tokens under the policy, before KL and entropy terms and before aggregation.
 *
 * @param type which loss
 * @param ratio of what the importance ratio is, where the type does not say so itself
 * @param clipLow the ratio is clipped from below at 1 - clipLow
 * @param clipHigh the ratio is clipped from above at 1 + clipHigh
 * @param dualClip bound above 1 on the loss of tokens with negative advantage, in units of
 *     |advantage| (Ye et al. 2020); infinite is off
 * @param ratioCap greatest ratio where it is not clipped, above 1; infinite is off
 * @param sapo temperatures of SAPO, not read by the others
 * @param vespo weights of VESPO, not read by the others
 * @param mismatch weights for what sampled the tokens
 * @param offPolicyThreshold largest mean of sampler less policy log-probability at which a sequence
 *     with negative advantage counts; infinite is off
 * @param topEntropyShare share of the tokens of each sequence that count, by entropy, above 0 to 1
 */
public record PolicyLoss(
    LossType type,
    RatioLevel ratio,
    double clipLow,
    double clipHigh,
    double dualClip,
    double ratioCap,
    SapoConfig sapo,
    VespoConfig vespo,
    MismatchConfig mismatch,
    double offPolicyThreshold,
    double topEntropyShare)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public PolicyLoss {
    LossSettings.require(clipLow >= 0, "clipLow", clipLow, "at least 0");
    LossSettings.require(clipHigh >= 0, "clipHigh", clipHigh, "at least 0");
    LossSettings.require(dualClip > 1, "dualClip", dualClip, "above 1");
    LossSettings.require(ratioCap > 1, "ratioCap", ratioCap, "above 1");
    LossSettings.require(
        !Double.isNaN(offPolicyThreshold), "offPolicyThreshold", offPolicyThreshold, "a number");
    LossSettings.require(
        topEntropyShare > 0 && topEntropyShare <= 1,
        "topEntropyShare",
        topEntropyShare,
        "above 0, at most 1");
  }

  /** A loss of a type within bounds, with the defaults of everything else. */
  public static PolicyLoss of(LossType type, double clipLow, double clipHigh) {
    return new PolicyLoss(
        type,
        RatioLevel.TOKEN,
        clipLow,
        clipHigh,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        SapoConfig.DEFAULT,
        VespoConfig.DEFAULT,
        MismatchConfig.NONE,
        Double.POSITIVE_INFINITY,
        1);
  }
}
