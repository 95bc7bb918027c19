package io.hone.driver.train;

import io.hone.driver.exchange.UpdateResult;
import java.util.List;

/**
 * How an update learns from rows of the data set.
 *
 * @param <R> what a row is
 */
interface RowLearner<R> {

  /** Makes one update out of the rows of a mini-batch, at least one. */
  UpdateResult update(List<R> rows);

  /** Tells of a step's updates. */
  void metrics(Metrics metrics, List<UpdateResult> updates);
}
