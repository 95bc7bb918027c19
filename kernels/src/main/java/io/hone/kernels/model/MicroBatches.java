package io.hone.kernels.model;

import java.util.ArrayList;
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
    if (tokens < 1) {
      throw new IllegalArgumentException(
          "tokens per micro-batch: " + tokens + " (expected: at least 1)");
    }
    int[] order =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt((Integer row) -> -lengths[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> plan = new ArrayList<>();
    int start = 0;
    while (start < order.length) {
      long fitting = Math.max(1, tokens / Math.max(1, lengths[order[start]]));
      int end = (int) Math.min(order.length, start + fitting);
      plan.add(java.util.Arrays.copyOfRange(order, start, end));
      start = end;
    }
    return plan;
  }
}
