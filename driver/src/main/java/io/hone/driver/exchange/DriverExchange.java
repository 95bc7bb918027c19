package io.hone.driver.exchange;

import io.hone.conf.TrainingConfig;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.GradientReport;
import io.hone.executor.gradient.GradientSummary;
import io.hone.executor.gradient.GradientTask;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.rollout.Stopwatch;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.model.AdamW;
import io.hone.kernels.model.AdamWState;
import io.hone.kernels.model.AdamWUpdate;
import io.hone.kernels.model.LossStatistics;
import io.hone.kernels.model.Objective;
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
  private final UpdateSettings settings;
  private final AdamW optimizer;
  private final PublishedPolicies policies;
  private FlatWeights weights;
  private AdamWState state;

  /**
   * @param policy the version to begin with
   * @param state the optimiser's state behind it
   */
  public DriverExchange(
      JavaSparkContext spark, UpdateSettings settings, PolicyVersion policy, OptimizerState state) {
    this.spark = spark;
    this.settings = settings;
    this.optimizer = new AdamW(settings.layout(), settings.optimizer());
    this.weights = FlatWeights.copyOf(policy.weights());
    this.state =
        new AdamWState(
            FlatWeights.copyOf(state.firstMoment()),
            FlatWeights.copyOf(state.secondMoment()),
            state.updates());
    this.policies = new PublishedPolicies(spark, policy.at(weights));
  }

  @Override
  public Broadcast<PolicyVersion> published() {
    return policies.current();
  }

  @Override
  public OptimizerState optimizerState() {
    return new OptimizerState(state.firstMoment(), state.secondMoment(), state.updates());
  }

  @Override
  public Broadcast<PolicyVersion> publishReference(PolicyVersion reference) {
    return policies.addReference(reference.at(FlatWeights.copyOf(reference.weights())));
  }

  @Override
  public UpdateResult update(List<GradientAssignment> assignments, Objective objective) {
    Stopwatch watch = new Stopwatch();
    GradientTask task =
        new GradientTask(
            objective, settings.tokensPerMicroBatch(), settings.resources(), published());
    List<GradientReport> reports = TaskJob.run(spark, assignments, task::run);
    double job = watch.lap();
    GradientSummaries summaries =
        new GradientSummaries(reports.stream().map(GradientReport::summary).toList());
    summaries.requireWeights(policy());

    LossStatistics statistics = summaries.statistics();
    FlatWeights gradient = FlatWeights.sum(reports.stream().map(GradientReport::gradient).toList());
    double learningRate = settings.schedule().at(state.updates());
    AdamWUpdate update = optimizer.update(weights, state, gradient, learningRate);
    boolean applied = update.applied() && Double.isFinite(statistics.loss());
    double updating = watch.lap();
    if (applied) {
      weights = update.weights();
      state = update.state();
      policies.publishNext(weights);
    }
    GradientSummary.Seconds slowest = summaries.slowest();
    return new UpdateResult(
        applied,
        learningRate,
        update.gradientNorm(),
        statistics,
        summaries.reproducible(),
        new UpdateResult.Seconds(
            slowest.load(),
            slowest.compute(),
            job - slowest.load() - slowest.compute(),
            updating,
            watch.lap()),
        TrainingConfig.Exchange.DRIVER,
        new ExchangeCost(gradient.size(), assignments.size(), policies.executors()));
  }

  @Override
  public void close() {
    policies.close();
  }
}
