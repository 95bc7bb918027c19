package io.hone.driver.data;

/** Which items of a data set a step takes. A pure function, so that there is no cursor to keep. */
@FunctionalInterface
public interface DataOrder {
  /** Indices of the step's items, from step 0. */
  int[] indices(int step);
}
