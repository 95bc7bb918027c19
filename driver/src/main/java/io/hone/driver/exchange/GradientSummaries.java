package io.hone.driver.exchange;

import io.hone.executor.gradient.GradientSummary;
import io.hone.executor.model.PolicyVersion;
import io.hone.kernels.model.LossStatistics;
import java.util.Comparator;
import java.util.List;

/**
 * What the gradient tasks of an update told.
 *
 * @param tasks in order of partition, at least one
 */
record GradientSummaries(List<GradientSummary> tasks) {

  GradientSummaries {
    tasks = tasks.stream().sorted(Comparator.comparingInt(GradientSummary::partition)).toList();
  }

  /** Fails the step if a task computed with other weights than those published. */
  void requireWeights(PolicyVersion published) {
    WeightsCheck.require(published, tasks.stream().map(GradientSummary::weights).toList());
  }

  /** Added in order of partition. */
  LossStatistics statistics() {
    LossStatistics statistics = LossStatistics.NONE;
    for (GradientSummary task : tasks) {
      statistics = statistics.plus(task.statistics());
    }
    return statistics;
  }

  boolean reproducible() {
    return tasks.stream().allMatch(task -> task.weights().reproducible());
  }

  /** Of the task that took longest: what its job cannot be faster than. */
  GradientSummary.Seconds slowest() {
    return tasks.stream()
        .map(GradientSummary::seconds)
        .max(Comparator.comparingDouble(seconds -> seconds.load() + seconds.compute()))
        .orElseThrow();
  }
}
