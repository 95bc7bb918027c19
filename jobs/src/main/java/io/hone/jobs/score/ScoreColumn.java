package io.hone.jobs.score;

import io.hone.executor.statistics.Moments;
import java.util.Arrays;

/** The values of one component, or of the reward, in the order of rows; NaN where there is none. */
final class ScoreColumn {
  private final String name;
  private double[] values = new double[64];
  private int size;
  private int valid;
  private double confidence;

  ScoreColumn(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /**
   * Adds a row.
   *
   * @param value NaN where it could not be computed
   */
  void add(double value, double trusted) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
    if (!Double.isNaN(value)) {
      valid++;
      confidence += trusted;
    }
  }

  double validShare() {
    return (double) valid / size;
  }

  double meanConfidence() {
    return confidence / valid;
  }

  /** The values that there are, from the least to the greatest. */
  double[] sorted() {
    return Arrays.stream(values, 0, size).filter(value -> !Double.isNaN(value)).sorted().toArray();
  }

  /** NaN without a value. */
  double mean() {
    return valid == 0 ? Double.NaN : moments().mean();
  }

  /** Of a sample; NaN below two values. */
  double deviation() {
    return valid < 2 ? Double.NaN : moments().deviation();
  }

  private Moments moments() {
    return Moments.of(Arrays.stream(values, 0, size).filter(value -> !Double.isNaN(value)));
  }

  /** Pearson's, over the rows in which both have a value; NaN where one of them does not vary. */
  double correlation(ScoreColumn other) {
    int rows = 0;
    double meanHere = 0;
    double meanThere = 0;
    for (int i = 0; i < size; i++) {
      if (both(other, i)) {
        rows++;
        meanHere += values[i];
        meanThere += other.values[i];
      }
    }
    meanHere /= rows;
    meanThere /= rows;
    double here = 0;
    double there = 0;
    double product = 0;
    for (int i = 0; i < size; i++) {
      if (both(other, i)) {
        double x = values[i] - meanHere;
        double y = other.values[i] - meanThere;
        here += x * x;
        there += y * y;
        product += x * y;
      }
    }
    return here == 0 || there == 0 ? Double.NaN : product / Math.sqrt(here * there);
  }

  private boolean both(ScoreColumn other, int row) {
    return !Double.isNaN(values[row]) && !Double.isNaN(other.values[row]);
  }
}
