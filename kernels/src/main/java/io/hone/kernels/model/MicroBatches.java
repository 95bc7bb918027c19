package io.hone.kernels.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Splits rows of different lengths into micro-batches whose rows are padded to the longest one. */
final class MicroBatches {
  private MicroBatches() {}

  /**
   * Rows sorted by length, the longest first and equal ones in the order given, cut so that rows
   * times longest length stays within a budget. A pure function of the arguments.
   *
   * @param lengths tokens of each row
   * @param tokens budget; a longer row makes a micro-batch of its own
   * @return indices of the rows of each micro-batch
   */
  static List<int[]> plan(int[] lengths, long tokens) {
    return plan(lengths, 1, tokens);
  }

  /**
   * The same for rows that come in groups, which are not divided: a group is as long as its longest
   * row.
   *
   * @param lengths tokens of each row; the rows of a group lie one after the other
   * @param group rows of a group
   * @param tokens budget; a longer group makes a micro-batch of its own
   * @return indices of the rows of each micro-batch, group by group
   */
  static List<int[]> plan(int[] lengths, int group, long tokens) {
    if (tokens < 1) {
      throw new IllegalArgumentException(
          "tokens per micro-batch: " + tokens + " (expected: at least 1)");
    }
    if (lengths.length % group != 0) {
      throw new IllegalArgumentException(
          lengths.length + " rows (expected: whole groups of " + group + ")");
    }
    int[] longest =
        IntStream.range(0, lengths.length / group)
            .map(g -> Arrays.stream(lengths, g * group, (g + 1) * group).max().orElseThrow())
            .toArray();
    int[] order =
        IntStream.range(0, longest.length)
            .boxed()
            .sorted(Comparator.comparingInt((Integer g) -> -longest[g]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> plan = new ArrayList<>();
    int start = 0;
    while (start < order.length) {
      long fitting = Math.max(1, tokens / Math.max(1, (long) group * longest[order[start]]));
      int end = (int) Math.min(order.length, start + fitting);
      plan.add(
          Arrays.stream(order, start, end)
              .flatMap(g -> IntStream.range(g * group, (g + 1) * group))
              .toArray());
      start = end;
    }
    return plan;
  }
}
