package io.hone.driver.train;

import io.hone.driver.exchange.TaskJob;
import io.hone.driver.exchange.WeightsCheck;
import io.hone.driver.run.RunFailedException;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.TaskResources;
import io.hone.executor.rollout.PromptGroup;
import io.hone.executor.rollout.RolloutAssignment;
import io.hone.executor.rollout.RolloutPlan;
import io.hone.executor.rollout.RolloutReport;
import io.hone.executor.rollout.RolloutTask;
import io.hone.executor.rollout.SampleOutcome;
import io.hone.executor.rollout.Stopwatch;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Jobs of rollout tasks, one task for each partition of the plan.
 *
 * @param plan of the tasks
 * @param reports in partition order
 * @param slowest the report of each job's task that took longest
 * @param seconds wall-clock time of the jobs
 */
record Rollouts(
    RolloutPlan plan, List<RolloutReport> reports, List<RolloutReport> slowest, double seconds) {

  /** Nothing sampled yet. */
  static Rollouts none(RolloutPlan plan) {
    return new Rollouts(plan, List.of(), List.of(), 0);
  }

  /**
   * Samples and scores a completion for every sample of every further group, in a job.
   *
   * @param groups in the order of the step
   * @param partitions how many tasks, at most one for each group
   * @param reference null where no reference policy is needed
   * @param critic null where there is none, or its head is the policy's
   * @throws io.hone.conf.UserException if a task met something that the user can put right
   * @throws RunFailedException if a task computed with other weights than those published
   */
  Rollouts sample(
      JavaSparkContext spark,
      List<PromptGroup> groups,
      int partitions,
      TaskResources resources,
      Broadcast<PolicyVersion> policy,
      Broadcast<PolicyVersion> reference,
      Broadcast<PolicyVersion> critic) {
    Stopwatch watch = new Stopwatch();
    RolloutTask task = new RolloutTask(plan, resources, policy, reference, critic);
    List<RolloutAssignment> assignments =
        RolloutAssignment.deal(groups, partitions, reports.size());
    List<RolloutReport> further = TaskJob.run(spark, assignments, task::run);
    WeightsCheck.require(policy.value(), further.stream().map(RolloutReport::weights).toList());
    if (critic != null) {
      WeightsCheck.require(
          critic.value(), further.stream().map(RolloutReport::criticWeights).toList());
    }
    return new Rollouts(
        plan,
        joined(reports, further),
        joined(slowest, List.of(slowest(further))),
        seconds + watch.lap());
  }

  /** Of all completions, by group and sample, with their final rewards. */
  List<SampleOutcome> outcomes() {
    List<SampleOutcome> scored =
        reports.stream()
            .flatMap(report -> report.samples().stream())
            .sorted(
                Comparator.comparingInt(SampleOutcome::group)
                    .thenComparingInt(SampleOutcome::sample))
            .toList();
    return FinalRewards.of(plan.reward(), scored, plan.groupSize());
  }

  private static RolloutReport slowest(List<RolloutReport> reports) {
    return reports.stream()
        .max(Comparator.comparingDouble(report -> report.seconds().total()))
        .orElseThrow();
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Seconds of the tasks that took longest: what the jobs cannot be faster than. */
  double slowestTask() {
    return seconds(RolloutReport.Seconds::total);
  }

  /** Where the time went, as the slowest tasks have it, in seconds. */
  void times(Metrics metrics) {
    metrics.put("time/load", seconds(RolloutReport.Seconds::load));
    metrics.put("time/rollout", seconds(RolloutReport.Seconds::sample));
    metrics.put("time/score", seconds(RolloutReport.Seconds::score));
    metrics.put("time/logprobs", seconds(RolloutReport.Seconds::logprobs));
    if (slowest.get(0).criticWeights() != null) {
      metrics.put("time/values", seconds(RolloutReport.Seconds::values));
    }
    metrics.put("time/write", seconds(RolloutReport.Seconds::write));
  }

  private double seconds(ToDoubleFunction<RolloutReport.Seconds> part) {
    return slowest.stream().map(RolloutReport::seconds).mapToDouble(part).sum();
  }
}
