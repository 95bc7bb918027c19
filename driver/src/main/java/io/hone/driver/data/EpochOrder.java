package io.hone.driver.data;

import io.hone.executor.seed.Seeds;

/**
 * Which items of a data set a step takes: a pure function of counts, so there is no cursor to keep.
 * Epochs follow one another without a gap: what is left of one that does not fill a batch begins
 * the batch that the next one fills.
 *
 * @param seed the run's seed
 * @param size items of the data set, at least 1
 * @param batch items of a step, at least 1; may exceed {@code size}
 * @param shuffle whether each epoch has its own order, by (seed, epoch); else that of the file
 */
public record EpochOrder(long seed, int size, int batch, boolean shuffle) {
  /**
   * @throws IllegalArgumentException if size or batch is less than 1
   */
  public EpochOrder {
    if (size < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "size is " + size + " and batch " + batch + " (expected 1 or more)");
    }
  }

  /**
   * Indices of the items that a step takes, from step 0. A pure function: there is no cursor to
   * keep.
   */
  public int[] indices(int step) {
    int[] indices = new int[batch];
    long epoch = -1;
    int[] order = null;
    for (int i = 0; i < batch; i++) {
      long position = (long) step * batch + i;
      if (position / size != epoch) {
        epoch = position / size;
        order = shuffle ? Seeds.permutation(size, Seeds.dataOrder(seed, epoch)) : null;
      }
      int within = (int) (position % size);
      indices[i] = order == null ? within : order[within];
    }
    return indices;
  }
}
