package io.hone.driver.train;

import java.util.stream.DoubleStream;

/**
 * Count, mean and sample deviation of numbers, in the order given.
 *
 * @param count how many
 * @param mean NaN of none
 * @param deviation with n - 1; 0 of one, NaN of none
 */
record Moments(long count, double mean, double deviation) {
  static Moments of(DoubleStream values) {
    double[] numbers = values.toArray();
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    double mean = sum / numbers.length;
    double squares = 0;
    for (double number : numbers) {
      squares += (number - mean) * (number - mean);
    }
    double deviation = numbers.length == 1 ? 0 : Math.sqrt(squares / (numbers.length - 1));
    return new Moments(numbers.length, mean, numbers.length == 0 ? Double.NaN : deviation);
  }
}
