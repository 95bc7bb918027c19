package io.hone.driver.exchange;

import io.hone.kernels.checkpoint.FlatSequence;

/**
 * The optimiser's state behind a version of the weights, wherever it is.
 *
 * @param firstMoment running mean of gradients, one number per parameter
 * @param secondMoment running mean of squared gradients, one number per parameter
 * @param updates updates applied so far
 */
public record OptimizerState(FlatSequence firstMoment, FlatSequence secondMoment, long updates) {

  /** Before the first update of so many parameters. */
  public static OptimizerState initial(long size) {
    return new OptimizerState(FlatSequence.zeros(size), FlatSequence.zeros(size), 0);
  }
}
