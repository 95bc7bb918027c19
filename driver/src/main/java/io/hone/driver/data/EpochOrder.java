package io.hone.driver.data;

/**
 * Which items of a data set a step takes: a pure function of counts, so there is no cursor to keep.
 */
public record EpochOrder(long seed, int size, int batch, boolean shuffle) {
  /** Indices of the step's items. */
  public int[] indices(int step) {
    throw new UnsupportedOperationException();
  }
}
