package io.hone.executor.reward;

/**
 * Mean and sample deviation (n - 1) of scores.
 *
 * @param mean NaN of none
 * @param deviation 0 of fewer than two
 */
record Spread(double mean, double deviation) {
  private static final double LEAST_DEVIATION = 1e-8;

  /** Of these scores, in two passes and in their order. */
  static Spread of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Spread(mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)));
  }

  /**
   * How many deviations a score is above the mean; 0 where all scores are the same.
   *
   * @param epsilon added to the deviation
   */
  double standardScore(double value, double epsilon) {
    return deviation < LEAST_DEVIATION ? 0 : (value - mean) / (deviation + epsilon);
  }
}
