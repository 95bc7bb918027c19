package io.hone.executor.reward.metric;

/** The cosine of the angle between two vectors. */
public final class Cosine {
  private Cosine() {}

  /**
   * The cosine, from -1 to 1; 0 if a vector is all zeros, NaN if one is not finite.
   *
   * @throws IllegalArgumentException if lengths differ
   */
  public static double of(float[] first, float[] second) {
    return ofProducts(product(first, second), product(first, first), product(second, second));
  }

  /** The same from the vectors' product with each other and with themselves; 1 for equal ones. */
  static double ofProducts(double product, double first, double second) {
    double squares = first * second;
    return squares == 0 ? 0 : Math.max(-1, Math.min(1, product / Math.sqrt(squares)));
  }

  /** Four sums at once, which do not wait for each other, in an order that never changes. */
  static double product(float[] first, float[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "vectors of %d and %d numbers (expected as many)".formatted(first.length, second.length));
    }
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int index = 0;
    for (; index + 3 < first.length; index += 4) {
      sum0 += (double) first[index] * second[index];
      sum1 += (double) first[index + 1] * second[index + 1];
      sum2 += (double) first[index + 2] * second[index + 2];
      sum3 += (double) first[index + 3] * second[index + 3];
    }
    for (; index < first.length; index++) {
      sum0 += (double) first[index] * second[index];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
