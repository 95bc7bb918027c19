package io.hone.kernels.model;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.KlEstimator;

/**
 * The loss of one optimiser update.
 *
 * @param kind policy loss or supervised fine-tuning; the latter reads only temperature, aggregation
 *     and the normaliser
 * @param temperature sampling temperature; log-probabilities are of the logits divided by it, above
 *     0
 * @param clipLow the ratio is clipped from below at 1 - clipLow
 * @param clipHigh the ratio is clipped from above at 1 + clipHigh
 * @param dualClip bound above 1 on the loss of tokens with negative advantage, in units of
 *     |advantage| (Ye et al. 2020); NaN is off
 * @param klCoefficient weight of the KL term in the loss; 0 is off
 * @param klEstimator estimator of the KL term
 * @param entropyCoefficient weight of the entropy bonus; 0 is off
 * @param aggregation how token losses become one number
 * @param normalizer tokens under the mask (TOKEN_MEAN) or sequences with at least one such token
 *     (the others) of the whole mini-batch, over all tasks; above 0
 * @param normLength the length by which SEQUENCE_MEAN_TOKEN_SUM_NORM divides, above 0; not read by
 *     the others
 */
public record LossSettings(
    LossKind kind,
    float temperature,
    double clipLow,
    double clipHigh,
    double dualClip,
    double klCoefficient,
    KlEstimator klEstimator,
    double entropyCoefficient,
    Aggregation aggregation,
    double normalizer,
    double normLength)
    implements Objective {

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public LossSettings {
    require(temperature > 0 && Float.isFinite(temperature), "temperature", temperature, "above 0");
    require(clipLow >= 0, "clipLow", clipLow, "at least 0");
    require(clipHigh >= 0, "clipHigh", clipHigh, "at least 0");
    require(
        Double.isNaN(dualClip) || dualClip > 1, "dualClip", dualClip, "above 1, or NaN for none");
    require(normalizer > 0, "normalizer", normalizer, "above 0");
    require(normLength > 0, "normLength", normLength, "above 0");
  }

  private static void require(boolean holds, String name, double value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  /** The factor of each token's loss in a sequence that has this many tokens under the mask. */
  double tokenWeight(int tokens) {
    return switch (aggregation) {
      case TOKEN_MEAN, SEQUENCE_MEAN_TOKEN_SUM -> 1 / normalizer;
      case SEQUENCE_MEAN_TOKEN_MEAN -> 1 / (tokens * normalizer);
      case SEQUENCE_MEAN_TOKEN_SUM_NORM -> 1 / (normLength * normalizer);
    };
  }
}
