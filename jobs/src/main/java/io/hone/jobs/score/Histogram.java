package io.hone.jobs.score;

import io.hone.jobs.terminal.Numbers;
import io.hone.jobs.terminal.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How often values occur: each of a few, or ranges of equal width. */
final class Histogram {
  private static final int BINS = 10;
  private static final int WIDTH = 40;

  private Histogram() {}

  /**
   * Lines with bars.
   *
   * @param sorted finite values from the least to the greatest
   */
  static List<String> lines(double[] sorted) {
    List<Bin> bins = bins(sorted);
    long most = bins.stream().mapToLong(Bin::count).max().orElse(0);
    TextTable table = new TextTable().number("value").number("rows").text("");
    for (Bin bin : bins) {
      table.row(List.of(bin.label(), Long.toString(bin.count()), bar(bin.count(), most)));
    }
    return table.lines();
  }

  private record Bin(String label, long count) {}

  private static List<Bin> bins(double[] sorted) {
    double[] distinct = Arrays.stream(sorted).distinct().limit(BINS + 1L).toArray();
    return distinct.length <= BINS ? ofValues(sorted, distinct) : ofRanges(sorted);
  }

  private static List<Bin> ofValues(double[] sorted, double[] distinct) {
    return Arrays.stream(distinct)
        .mapToObj(
            value ->
                new Bin(
                    Numbers.significant(value),
                    Arrays.stream(sorted).filter(other -> other == value).count()))
        .toList();
  }

  private static List<Bin> ofRanges(double[] sorted) {
    double least = sorted[0];
    double width = (sorted[sorted.length - 1] - least) / BINS;
    long[] counts = new long[BINS];
    for (double value : sorted) {
      counts[(int) Math.min(BINS - 1, Math.floor((value - least) / width))]++;
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      bins.add(
          new Bin(
              "%s to %s"
                  .formatted(
                      Numbers.significant(least + i * width),
                      Numbers.significant(least + (i + 1) * width)),
              counts[i]));
    }
    return bins;
  }

  /** At least a mark for what occurs at all. */
  private static String bar(long count, long most) {
    return "#".repeat((int) ((count * WIDTH + most - 1) / most));
  }
}
