package io.hone.driver.exchange;

import io.hone.driver.train.LearningRateSchedule;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.GradientReport;
import io.hone.executor.gradient.GradientTask;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.TaskResources;
import io.hone.executor.rollout.Stopwatch;
import io.hone.executor.task.TaskOutcome;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.model.AdamW;
import io.hone.kernels.model.AdamWState;
import io.hone.kernels.model.AdamWUpdate;
import io.hone.kernels.model.LossStatistics;
import io.hone.kernels.model.Objective;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The driver holds the truth: tasks return their gradients, the driver adds them in partition
 * order, applies AdamW and broadcasts the weights. For models whose gradients fit the driver as
 * often as there are tasks.
 */
public final class DriverExchange implements Exchange {
  private final JavaSparkContext spark;
  private final AdamW optimizer;
  private final LearningRateSchedule schedule;
  private final long tokensPerMicroBatch;
  private final TaskResources resources;
  private AdamWState state;
  private Broadcast<PolicyVersion> published;

  /**
   * @param policy the version to begin with
   * @param state the optimiser's state behind it
   */
  public DriverExchange(
      JavaSparkContext spark,
      AdamW optimizer,
      LearningRateSchedule schedule,
      long tokensPerMicroBatch,
      TaskResources resources,
      PolicyVersion policy,
      AdamWState state) {
    this.spark = spark;
    this.optimizer = optimizer;
    this.schedule = schedule;
    this.tokensPerMicroBatch = tokensPerMicroBatch;
    this.resources = resources;
    this.state = state;
    this.published = spark.broadcast(policy);
  }

  @Override
  public Broadcast<PolicyVersion> published() {
    return published;
  }

  @Override
  public PolicyVersion policy() {
    return published.value();
  }

  @Override
  public AdamWState optimizerState() {
    return state;
  }

  @Override
  public UpdateResult update(List<GradientAssignment> assignments, Objective objective) {
    Stopwatch watch = new Stopwatch();
    GradientTask task = new GradientTask(objective, tokensPerMicroBatch, resources, published);
    List<GradientReport> reports =
        spark
            .parallelize(assignments, assignments.size())
            .map(assignment -> TaskOutcome.of(() -> task.run(assignment)))
            .collect()
            .stream()
            .map(TaskOutcome::get)
            .sorted(Comparator.comparingInt(GradientReport::partition))
            .toList();
    double job = watch.lap();
    WeightsCheck.require(policy(), reports.stream().map(GradientReport::weights).toList());

    LossStatistics statistics = LossStatistics.NONE;
    for (GradientReport report : reports) {
      statistics = statistics.plus(report.gradient().statistics());
    }
    FlatWeights gradient =
        FlatWeights.sum(reports.stream().map(report -> report.gradient().gradient()).toList());
    double learningRate = schedule.at(state.updates());
    AdamWUpdate update = optimizer.update(policy().weights(), state, gradient, learningRate);
    boolean applied = update.applied() && Double.isFinite(statistics.loss());
    double updating = watch.lap();
    if (applied) {
      state = update.state();
      publish(update.weights());
    }
    double slowest = reports.stream().mapToDouble(GradientReport::seconds).max().orElse(0);
    return new UpdateResult(
        applied,
        learningRate,
        update.gradientNorm(),
        statistics,
        reports.stream().allMatch(report -> report.weights().reproducible()),
        new UpdateResult.Traffic(
            reports.size() * bytes(gradient), applied ? bytes(update.weights()) : 0),
        new UpdateResult.Seconds(job, slowest, updating, watch.lap()));
  }

  private static long bytes(FlatWeights numbers) {
    return numbers.size() * Float.BYTES;
  }

  private void publish(FlatWeights weights) {
    Broadcast<PolicyVersion> previous = published;
    published = spark.broadcast(policy().next(weights));
    // Every task of the old version has returned, and a step's jobs are never run again after it.
    previous.destroy();
  }

  @Override
  public void close() {
    published.destroy();
  }
}
