package io.hone.driver.train;

import io.hone.driver.exchange.UpdateResult;
import io.hone.driver.run.RunFailedException;

/**
 * Counts the updates of a run that were skipped for a loss or gradient that is not finite, and ends
 * it after too many.
 */
final class UpdateQuota {
  private final int quota;
  private int skipped;

  /**
   * @param quota how many may be skipped
   * @param skipped how many were, before a restart
   */
  UpdateQuota(int quota, int skipped) {
    this.quota = quota;
    this.skipped = skipped;
  }

  int skipped() {
    return skipped;
  }

  void count(long step, UpdateResult update) {
    if (update.applied()) {
      return;
    }
    skipped++;
    if (skipped > quota) {
      throw new RunFailedException(
          "step "
              + step
              + ": loss "
              + update.statistics().loss()
              + " with gradient norm "
              + update.gradientNorm()
              + " is not finite; "
              + skipped
              + " updates were skipped for that, more than training.non-finite-quota: "
              + quota
              + " (expected a lower optimizer.learning-rate, or a checkpoint without NaN)");
    }
  }
}
