package io.hone.driver.train;

import io.hone.executor.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/** Cuts the groups of a step into mini-batches: whole groups, in another order each epoch. */
final class MiniBatches {
  private MiniBatches() {}

  /**
   * The groups of each mini-batch of one epoch, permuted by (seed, step, epoch). Sizes differ by
   * one at most; the groups of a mini-batch are in ascending order.
   *
   * @param groups how many groups the step has
   * @param count how many mini-batches at most; empty ones are left out
   */
  static List<int[]> of(int groups, int count, long seed, long step, int epoch) {
    int[] order = Seeds.permutation(groups, Seeds.miniBatches(seed, step, epoch));
    List<int[]> batches = new ArrayList<>();
    for (int batch = 0; batch < count; batch++) {
      int from = (int) ((long) groups * batch / count);
      int to = (int) ((long) groups * (batch + 1) / count);
      if (from < to) {
        int[] members = java.util.Arrays.copyOfRange(order, from, to);
        java.util.Arrays.sort(members);
        batches.add(members);
      }
    }
    return batches;
  }
}
