package io.hone.executor.gradient;

import io.hone.executor.model.WeightsUsed;
import io.hone.kernels.model.LossStatistics;
import java.io.Serializable;

/**
 * What a gradient task tells beside its gradient.
 *
 * @param partition the task's index in the plan
 * @param statistics its share of the statistics
 * @param weights what it computed with
 * @param seconds wall-clock time of the task
 */
public record GradientSummary(
    int partition, LossStatistics statistics, WeightsUsed weights, Seconds seconds)
    implements Serializable {

  /**
   * Wall-clock seconds.
   *
   * @param load getting the published weights
   * @param compute forward and backward passes
   */
  public record Seconds(double load, double compute) implements Serializable {}
}
