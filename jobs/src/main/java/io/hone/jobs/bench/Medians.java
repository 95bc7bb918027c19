package io.hone.jobs.bench;

import java.util.Collection;

/** The middle of several timings. */
public final class Medians {
  private Medians() {}

  /** The value with as many below as above; of an even number, the upper of the middle two. */
  public static double of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values: none (expected: at least one)");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
