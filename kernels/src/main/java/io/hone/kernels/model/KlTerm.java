package io.hone.kernels.model;

import io.hone.conf.LossConfig.KlEstimator;
import java.io.Serializable;

/**
 * The divergence from the reference policy in the loss.
 *
 * @param coefficient its factor; 0 is off
 * @param estimator its estimate by one token
 * @param straightThrough whether the estimate has the gradient of k2
 * @param biasCorrection whether the estimate is weighted by the importance ratio
 */
public record KlTerm(
    double coefficient, KlEstimator estimator, boolean straightThrough, boolean biasCorrection)
    implements Serializable {

  /** No divergence in the loss. */
  public static final KlTerm NONE = new KlTerm(0, KlEstimator.K3, false, false);
}
