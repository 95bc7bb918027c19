package io.hone.driver.train;

import io.hone.driver.exchange.TaskJob;
import io.hone.driver.exchange.WeightsCheck;
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
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * One job of rollout tasks, one for each partition of the plan.
 *
 * @param plan of the tasks
 * @param reports in partition order
 * @param seconds wall-clock time of the job
 */
record Rollouts(RolloutPlan plan, List<RolloutReport> reports, double seconds) {

  /**
   * Samples and scores a completion for every sample of every group.
   *
   * @param groups in the order of the step
   * @param partitions how many tasks, at most one for each group
   * @param reference null where no reference policy is needed
   * @param critic null where there is none, or its head is the policy's
   * @throws io.hone.conf.UserException if a task met something that the user can put right
   * @throws RunFailedException if a task computed with other weights than those published
   */
  static Rollouts sample(
      JavaSparkContext spark,
      RolloutPlan plan,
      List<PromptGroup> groups,
      int partitions,
      TaskResources resources,
      Broadcast<PolicyVersion> policy,
      Broadcast<PolicyVersion> reference,
      Broadcast<PolicyVersion> critic) {
    Stopwatch watch = new Stopwatch();
    RolloutTask task = new RolloutTask(plan, resources, policy, reference, critic);
    List<RolloutAssignment> assignments = RolloutAssignment.deal(groups, partitions);
    List<RolloutReport> reports = TaskJob.run(spark, assignments, task::run);
    WeightsCheck.require(policy.value(), reports.stream().map(RolloutReport::weights).toList());
    if (critic != null) {
      WeightsCheck.require(
          critic.value(), reports.stream().map(RolloutReport::criticWeights).toList());
    }
    return new Rollouts(plan, reports, watch.lap());
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

  /** Seconds of the task that took longest: what the job cannot be faster than. */
  double slowestTask() {
    return reports.stream().mapToDouble(report -> report.seconds().total()).max().orElse(0);
  }

  /** Where the time went, as the slowest task has it, in seconds. */
  void times(Metrics metrics) {
    RolloutReport slowest =
        reports.stream()
            .max(Comparator.comparingDouble(report -> report.seconds().total()))
            .orElseThrow();
    metrics.put("time/load", slowest.seconds().load());
    metrics.put("time/rollout", slowest.seconds().sample());
    metrics.put("time/score", slowest.seconds().score());
    metrics.put("time/logprobs", slowest.seconds().logprobs());
    if (slowest.criticWeights() != null) {
      metrics.put("time/values", slowest.seconds().values());
    }
    metrics.put("time/write", slowest.seconds().write());
  }
}
