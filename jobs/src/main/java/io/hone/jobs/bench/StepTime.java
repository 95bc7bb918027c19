package io.hone.jobs.bench;

import io.hone.driver.train.Metrics;

/**
 * Where the wall-clock time of a step went, in seconds.
 *
 * @param total from the end of the step before to the end of this one
 * @param rollout of the slowest rollout task, all but scoring
 * @param score of the same task
 * @param gradient of the slowest gradient task of each update
 * @param update the driver's arithmetic: adding gradients up and applying them
 * @param publish sending the new weights
 */
public record StepTime(
    double total, double rollout, double score, double gradient, double update, double publish) {

  /** Of a step that was committed, from its metrics. */
  public static StepTime of(double total, Metrics metrics) {
    return new StepTime(
        total,
        metrics.get("time/load")
            + metrics.get("time/rollout")
            + metrics.get("time/logprobs")
            + metrics.get("time/write"),
        metrics.get("time/score"),
        metrics.get("time/gradient"),
        metrics.get("time/update"),
        metrics.get("time/publish"));
  }

  /**
   * What distribution costs: the step less the critical path of its tasks and the driver's
   * arithmetic. Publishing is part of it, and so are planning, committing and waiting.
   */
  public double sparkOverhead() {
    return total - rollout - score - gradient - update;
  }
}
