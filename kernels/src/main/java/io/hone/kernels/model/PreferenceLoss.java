package io.hone.kernels.model;

import io.hone.conf.PreferenceConfig;
import io.hone.conf.PreferenceConfig.Loss;
import java.io.Serializable;

/**
 * A preference objective with its options; {@link PreferenceConfig} says what they do.
 *
 * @param type of the objective
 * @param beta factor of log-probabilities
 * @param labelSmoothing share of pairs taken to be labelled the wrong way round
 * @param margin by which chosen completions are to lead
 * @param normalizesLength whether log-probabilities of completions are means over their tokens
 * @param usesReference whether those of the reference policy are taken off
 * @param likelihoodFactor factor of the negative log-likelihood of chosen completions
 * @param desirableWeight weight of desirable completions with KTO
 * @param undesirableWeight weight of undesirable completions with KTO
 */
public record PreferenceLoss(
    Loss type,
    double beta,
    double labelSmoothing,
    double margin,
    boolean normalizesLength,
    boolean usesReference,
    double likelihoodFactor,
    double desirableWeight,
    double undesirableWeight)
    implements Serializable {

  /** As configured. */
  public static PreferenceLoss of(PreferenceConfig config) {
    return new PreferenceLoss(
        config.loss(),
        config.beta(),
        config.labelSmoothing(),
        config.margin(),
        config.normalizesLength(),
        config.usesReference(),
        config.likelihoodFactor(),
        config.desirableWeight(),
        config.undesirableWeight());
  }

  /** Whether completions come in pairs. */
  public boolean comparesPairs() {
    return type != Loss.KTO;
  }
}
