package io.hone.driver.train;

import io.hone.driver.exchange.UpdateResult;
import java.util.List;

/**
 * How an update learns from rows of the data set.
 *
 * @param <R> what a row is
 */
interface RowLearner<R> {

  /**
   * Makes one update.
   *
   * @param batch rows of the step
   * @param members which of them the mini-batch has, at least one
   */
  UpdateResult update(int step, List<R> batch, int[] members);

  /** Tells of a step's updates. */
  void metrics(Metrics metrics, List<UpdateResult> updates);
}
