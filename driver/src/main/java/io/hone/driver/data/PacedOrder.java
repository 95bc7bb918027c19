package io.hone.driver.data;

import io.hone.conf.NumberSchedule;
import io.hone.executor.seed.Seeds;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes items of a growing or shrinking share of a data set, from its beginning. While the share is
 * less than all, each step draws anew, no item twice before all were drawn; with all, it goes
 * through them by epochs.
 *
 * @param whole how a step takes its items where there is no share
 * @param share from above 0 to 1
 */
public record PacedOrder(EpochOrder whole, NumberSchedule share) {
  /** 0.07 of 100 items are 7, although the product of the two doubles is more. */
  private static final double ROUNDING = 1e-9;

  /**
   * Indices of the items that a step takes, from step 0. A pure function: there is no cursor to
   * keep.
   */
  public int[] indices(int step) {
    int pool = pool(step);
    if (pool >= whole.size()) {
      return whole.indices(step);
    }
    int[] order = Seeds.permutation(pool, Seeds.pacedOrder(whole.seed(), step));
    int[] indices = new int[whole.batch()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] =
          whole.shuffle() ? order[i % pool] : (int) (((long) step * indices.length + i) % pool);
    }
    return indices;
  }

  /**
   * What a step may draw beyond its own items: the others of the share, each once, in the order.
   */
  public int[] further(int step) {
    Set<Integer> own = Arrays.stream(indices(step)).boxed().collect(Collectors.toSet());
    return Arrays.stream(Seeds.permutation(pool(step), Seeds.refillOrder(whole.seed(), step)))
        .filter(index -> !own.contains(index))
        .toArray();
  }

  private int pool(int step) {
    return Math.min(whole.size(), (int) Math.ceil(share.at(step) * whole.size() - ROUNDING));
  }
}
