package io.hone.executor.advantage;

import io.hone.conf.LossConfig.KlEstimator;

/**
 * Estimates of the KL divergence from the policy to the reference at one token, as numbers: for a
 * penalty in the reward, which has no gradient. The estimators are those of the loss ({@code
 * kl_divergence.py}): Schulman, "Approximating KL divergence", 2020, with verl's bounds.
 */
public final class KlPenalty {
  private static final double LOG_RATIO_BOUND = 20;
  private static final double ESTIMATE_BOUND = 10;

  private KlPenalty() {}

  /**
   * The estimate at one token, in nats.
   *
   * @param logprob under the policy
   * @param reference under the reference policy
   */
  public static double estimate(KlEstimator estimator, double logprob, double reference) {
    double x = reference - logprob;
    return switch (estimator) {
      case K1 -> -x;
      case ABS -> Math.abs(x);
      case K2 -> x * x / 2;
      case K3 -> {
        double bounded = Math.max(-LOG_RATIO_BOUND, Math.min(LOG_RATIO_BOUND, x));
        double k3 = Math.exp(bounded) - bounded - 1;
        yield Math.max(-ESTIMATE_BOUND, Math.min(ESTIMATE_BOUND, k3));
      }
      case K3_UNBOUNDED -> Math.exp(x) - x - 1;
    };
  }
}
