package io.hone.driver.exchange;

import io.hone.kernels.model.LossStatistics;

/**
 * What came of one update.
 *
 * @param applied false where loss or gradient was not finite: weights, optimiser and schedule
 *     stayed
 * @param learningRate of this update
 * @param gradientNorm global norm before clipping
 * @param statistics summed over tasks in partition order
 * @param reproducible whether the same update gives the same bits again: every task computed on a
 *     CPU
 * @param traffic what was exchanged
 * @param seconds where the time went
 */
public record UpdateResult(
    boolean applied,
    double learningRate,
    double gradientNorm,
    LossStatistics statistics,
    boolean reproducible,
    Traffic traffic,
    Seconds seconds) {

  /**
   * Bytes of the numbers that were exchanged.
   *
   * @param gradients sent by all tasks
   * @param weights published, counted once however many executors fetch them
   */
  public record Traffic(long gradients, long weights) {}

  /**
   * Wall-clock seconds.
   *
   * @param gradientJob the Spark job of gradient tasks
   * @param slowestTask the longest of its tasks; the rest of the job is Spark's
   * @param update adding gradients up and applying them
   * @param publish sending the new weights
   */
  public record Seconds(double gradientJob, double slowestTask, double update, double publish) {}
}
