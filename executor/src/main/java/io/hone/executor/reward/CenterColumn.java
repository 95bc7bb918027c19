package io.hone.executor.reward;

import java.util.List;

/**
 * The column with what a score is compared with: a number, or the numbers of which it is a
 * percentile.
 *
 * @param percentile of a list, from 0 to 100
 */
record CenterColumn(String name, double percentile) {
  /**
   * The number; of a list its percentile, by linear interpolation between sorted numbers, as
   * NumPy's default has it.
   *
   * @throws UnscorableException if the row has no number
   */
  double of(Sample sample) {
    Object value = sample.columns().get(name);
    List<?> numbers =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    if (numbers.isEmpty() || !numbers.stream().allMatch(Number.class::isInstance)) {
      throw new UnscorableException(
          "column '%s' is %s (expected a number to centre with, or a list of numbers)"
              .formatted(name, value));
    }
    double[] sorted =
        numbers.stream().mapToDouble(n -> ((Number) n).doubleValue()).sorted().toArray();
    double place = percentile / 100 * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
