package io.hone.driver.exchange;

import io.hone.conf.TrainingConfig;
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
 * @param seconds where the time went
 * @param kind how gradients and weights travelled
 * @param cost what that moves
 */
public record UpdateResult(
    boolean applied,
    double learningRate,
    double gradientNorm,
    LossStatistics statistics,
    boolean reproducible,
    Seconds seconds,
    TrainingConfig.Exchange kind,
    ExchangeCost cost) {

  /** Seconds that the driver itself worked on gradients and weights while executors waited. */
  public double driverSeconds() {
    return switch (kind) {
      case DRIVER -> seconds.update() + seconds.publish();
      case SHARDED -> seconds.publish();
    };
  }

  /**
   * Wall-clock seconds.
   *
   * @param load getting the published weights, in the slowest gradient task
   * @param compute forward and backward passes, in the same task
   * @param spark what jobs took beyond their slowest tasks
   * @param update adding gradients up and applying them: on the driver, or the slowest tasks of
   *     shards
   * @param publish sending the new weights
   */
  public record Seconds(double load, double compute, double spark, double update, double publish) {

    /** The slowest gradient task. */
    public double gradient() {
      return load + compute;
    }

    /** All but forward and backward passes: what the exchange costs. */
    public double exchange() {
      return load + spark + update + publish;
    }
  }
}
