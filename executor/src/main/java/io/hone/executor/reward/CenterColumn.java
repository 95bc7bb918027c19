package io.hone.executor.reward;

import io.hone.executor.statistics.Moments;
import java.util.List;
import java.util.Optional;

/**
 * The column with what a score is compared with: a number, or the numbers of which it is a
 * percentile.
 *
 * @param percentile of a list, from 0 to 100
 * @param deviations in place of the percentile, how many deviations above the mean of a list
 */
record CenterColumn(String name, double percentile, Optional<Double> deviations) {
  /**
   * The number; of a list its percentile, by linear interpolation between sorted numbers, as
   * NumPy's default has it, or its mean and some sample deviations.
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
    if (deviations.isPresent()) {
      Moments moments = Moments.of(sorted);
      return moments.mean() + deviations.get() * moments.deviation();
    }
    double place = percentile / 100 * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
