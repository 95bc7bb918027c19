package io.hone.kernels.model;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.LossType;

/**
 * The loss of one optimiser update.
 *
 * @param kind policy loss or supervised fine-tuning; the latter reads only temperature, aggregation
 *     and the normaliser
 * @param temperature sampling temperature; log-probabilities are of the logits divided by it, above
 *     0
 * @param policy loss of tokens under the policy
 * @param kl the KL term
 * @param entropyCoefficient weight of the entropy bonus; 0 is off
 * @param aggregation how token losses become one number
 * @param normalizer tokens under the mask (TOKEN_MEAN) or sequences with at least one such token
 *     (the others) of the whole mini-batch, over all tasks; above 0; not read by TOKEN_SUM
 * @param normLength the length by which SEQUENCE_MEAN_TOKEN_SUM_NORM divides, above 0; not read by
 *     the others
 * @param value loss of the value head, beside that of the policy where both have one backbone; null
 *     is none
 */
public record LossSettings(
    LossKind kind,
    float temperature,
    PolicyLoss policy,
    KlTerm kl,
    double entropyCoefficient,
    Aggregation aggregation,
    double normalizer,
    double normLength,
    ValueLoss value)
    implements Objective {

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public LossSettings {
    require(temperature > 0 && Float.isFinite(temperature), "temperature", temperature, "above 0");
    require(normalizer > 0, "normalizer", normalizer, "above 0");
    require(normLength > 0, "normLength", normLength, "above 0");
    if (kind == LossKind.VALUE && value == null) {
      throw new IllegalArgumentException("value: null (expected: a value loss, of kind VALUE)");
    }
  }

  /** Without a value head. */
  public LossSettings(
      LossKind kind,
      float temperature,
      PolicyLoss policy,
      KlTerm kl,
      double entropyCoefficient,
      Aggregation aggregation,
      double normalizer,
      double normLength) {
    this(
        kind,
        temperature,
        policy,
        kl,
        entropyCoefficient,
        aggregation,
        normalizer,
        normLength,
        null);
  }

  /** The loss of a critic on a backbone of its own: the mean over {@code tokens} tokens. */
  public static LossSettings critic(ValueLoss value, double tokens) {
    return new LossSettings(
        LossKind.VALUE,
        1,
        PolicyLoss.of(LossType.CLIP, 0, 0),
        KlTerm.NONE,
        0,
        Aggregation.TOKEN_MEAN,
        tokens,
        1,
        value);
  }

  /** The negative log-likelihood. */
  public static LossSettings supervised(
      Aggregation aggregation, double normalizer, double normLength) {
    return new LossSettings(
        LossKind.SFT,
        1,
        PolicyLoss.of(LossType.CLIP, 0, 0),
        KlTerm.NONE,
        0,
        aggregation,
        normalizer,
        normLength);
  }

  static void require(boolean holds, String name, double value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  /** The factor of each token's loss in a sequence that has this many tokens under the mask. */
  double tokenWeight(int tokens) {
    return switch (aggregation) {
      case TOKEN_SUM -> 1;
      case TOKEN_MEAN, SEQUENCE_MEAN_TOKEN_SUM -> 1 / normalizer;
      case SEQUENCE_MEAN_TOKEN_MEAN -> 1 / (tokens * normalizer);
      case SEQUENCE_MEAN_TOKEN_SUM_NORM -> 1 / (normLength * normalizer);
    };
  }
}
