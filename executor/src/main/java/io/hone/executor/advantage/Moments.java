package io.hone.executor.advantage;

/**
 * Mean and sample deviation (n - 1) of some numbers, in two passes and in their order.
 *
 * @param mean 0 of no numbers
 * @param deviation 0 of fewer than two numbers
 */
record Moments(double mean, double deviation) {
  static Moments of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = values.length == 0 ? 0 : sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    return new Moments(mean, deviation);
  }
}
