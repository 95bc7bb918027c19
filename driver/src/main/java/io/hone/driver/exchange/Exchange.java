package io.hone.driver.exchange;

import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.model.PolicyVersion;
import io.hone.kernels.model.Objective;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * Holds the policy and its optimiser, publishes each version to the executors, and makes a new
 * version out of the gradients of their tasks. All ways to do so give the same weights.
 */
public interface Exchange extends AutoCloseable {

  /** The current version, as published. */
  Broadcast<PolicyVersion> published();

  /** The current version. */
  default PolicyVersion policy() {
    return published().value();
  }

  /** The optimiser's state behind the current version; valid until the next update. */
  OptimizerState optimizerState();

  /**
   * Publishes weights that are not trained, until this exchange is closed.
   *
   * @param reference the frozen reference policy
   */
  Broadcast<PolicyVersion> publishReference(PolicyVersion reference);

  /**
   * Runs a gradient task for each assignment and applies the sum of their gradients. Nothing
   * changes where loss or gradient is not finite.
   *
   * @param assignments in partition order, at least one
   * @param objective with the normalisers of the whole mini-batch
   */
  UpdateResult update(List<GradientAssignment> assignments, Objective objective);

  @Override
  void close();
}
