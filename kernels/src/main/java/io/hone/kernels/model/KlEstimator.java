package io.hone.kernels.model;

/**
 * Estimators of the KL divergence from the policy (log-probability l) to the reference (r), per
 * token. Values and gradients as in verl's {@code kl_penalty}: Schulman, "Approximating KL
 * divergence", 2020.
 */
public enum KlEstimator {
  /** l - r. */
  K1,
  /** |l - r|. */
  ABS,
  /** (l - r)^2 / 2. */
  K2,
  /** exp(x) - x - 1 for x = r - l within ±20, the result within ±10. */
  K3
}
