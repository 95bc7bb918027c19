package io.hone.driver.train;

/**
 * Steers the factor of the KL term towards a divergence: Ziegler et al., "Fine-tuning language
 * models from human preferences", 2019, section 2.2; the form of verl's {@code
 * AdaptiveKLController} and of OpenRLHF. It keeps nothing: the next factor follows from the last
 * one and what came of it.
 *
 * @param target divergence to aim at, per token, above 0
 * @param horizon number of completions over which a correction takes hold, at least 1
 */
record KlController(double target, long horizon) {
  /** Bound of the relative error that one step answers to. */
  static final double GREATEST_ERROR = 0.2;

  /**
   * The factor of the next step: {@code v (1 + clip(kl / target - 1, ±0.2) n / horizon)}.
   *
   * @param coefficient factor of the step that was made
   * @param kl divergence that it saw; NaN where it saw none, which leaves the factor
   * @param completions of that step
   */
  double next(double coefficient, double kl, long completions) {
    if (Double.isNaN(kl)) {
      return coefficient;
    }
    double error = Math.max(-GREATEST_ERROR, Math.min(GREATEST_ERROR, kl / target - 1));
    return coefficient * (1 + error * completions / horizon);
  }
}
