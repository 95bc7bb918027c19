package io.hone.executor.statistics;

import java.io.Serializable;
import java.util.stream.DoubleStream;

/**
 * Count, mean and spread of numbers, so that tasks can tell the driver about their tokens without
 * sending them. Nothing depends on who counted what as long as the order of {@link #plus} is fixed.
 *
 * @param count how many
 * @param mean 0 of no numbers
 * @param squares sum of the squared distances from the mean
 */
public record Moments(long count, double mean, double squares) implements Serializable {
  /** Below it, what differs is rounding: rewards of a group are equal. */
  public static final double LEAST_DEVIATION = 1e-8;

  /** Of no numbers. */
  public static final Moments NONE = new Moments(0, 0, 0);

  /** Of all these numbers, in two passes and in their order. */
  public static Moments of(double[] values) {
    if (values.length == 0) {
      return NONE;
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Moments(values.length, mean, squares);
  }

  /** Of all these numbers, in two passes and in their order. */
  public static Moments of(DoubleStream values) {
    return of(values.toArray());
  }

  /**
   * Of these numbers and others: Chan, Golub and LeVeque, "Updating formulae and a pairwise
   * algorithm for computing sample variances", 1979.
   */
  public Moments plus(Moments other) {
    if (count == 0) {
      return other;
    }
    if (other.count == 0) {
      return this;
    }
    long total = count + other.count;
    double distance = other.mean - mean;
    return new Moments(
        total,
        mean + distance * other.count / total,
        squares + other.squares + distance * distance * count * other.count / total);
  }

  /** Of the numbers {@code offset + factor * x}. */
  public Moments affine(double offset, double factor) {
    return count == 0
        ? NONE
        : new Moments(count, offset + factor * mean, factor * factor * squares);
  }

  /** Sample variance (n - 1); 0 of fewer than two numbers. */
  public double variance() {
    return count < 2 ? 0 : squares / (count - 1);
  }

  /** Sample deviation (n - 1); 0 of fewer than two numbers. */
  public double deviation() {
    return Math.sqrt(variance());
  }

  /** Whether the numbers differ by more than rounding. */
  public boolean vary() {
    return deviation() >= LEAST_DEVIATION;
  }

  /** {@link #standardScore(double, double, double, double)} among these numbers. */
  public double standardScore(double value, double epsilon) {
    return standardScore(value, mean, deviation(), epsilon);
  }

  /**
   * How many deviations a number is above a mean; 0 where numbers do not {@link #vary}.
   *
   * @param epsilon added to the deviation
   */
  public static double standardScore(double value, double mean, double deviation, double epsilon) {
    return deviation < LEAST_DEVIATION ? 0 : (value - mean) / (deviation + epsilon);
  }
}
