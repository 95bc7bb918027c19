package io.hone.driver.exchange;

import io.hone.conf.TrainingConfig;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.GradientReport;
import io.hone.executor.gradient.GradientSummary;
import io.hone.executor.gradient.GradientTask;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.rollout.Stopwatch;
import io.hone.executor.shard.GradientShard;
import io.hone.executor.shard.GradientShardReport;
import io.hone.executor.shard.GradientSlice;
import io.hone.executor.shard.ResidentShards;
import io.hone.executor.shard.ShardOwner;
import io.hone.executor.shard.ShardPartitioner;
import io.hone.executor.shard.ShardPlan;
import io.hone.executor.shard.ShardReport;
import io.hone.executor.shard.ShardUpdateTask;
import io.hone.executor.shard.SliceKey;
import io.hone.executor.shard.StoredShard;
import io.hone.executor.task.TaskOutcome;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.model.AdamW;
import io.hone.kernels.model.AdamWSettings;
import io.hone.kernels.model.LossStatistics;
import io.hone.kernels.model.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Executors hold the truth, shard by shard; the driver sees sums and digests of blocks only. The
 * shuffle brings each shard's slice of every gradient to one task, which adds them in partition
 * order (a reduce-scatter); once the driver knows the global norm, a second job applies AdamW shard
 * by shard and writes each shard's next version to files that all executors read (an all-gather).
 *
 * <p>Every version is written before the one before it goes, so that an executor may be lost at any
 * time: what it held in memory is read back or, of a gradient, computed again. ZeRO stage 2
 * (Rajbhandari et al., "ZeRO: Memory Optimizations Toward Training Trillion Parameter Models",
 * 2020) divides gradients and optimiser state in the same way.
 */
public final class ShardedExchange implements Exchange {
  private final JavaSparkContext spark;
  private final UpdateSettings settings;
  private final ShardPlan plan;
  private final ShardDirectory directory;
  private final PublishedPolicies policies;
  private List<StoredShard> shards;
  private List<ShardOwner> owners = List.of();
  private long updates;

  /**
   * @param root a directory for this exchange alone, on a file system that driver and executors
   *     share; deleted when the exchange is closed
   * @param shards into how many parts weights and optimiser state are divided, if there are as many
   *     blocks
   * @param policy the version to begin with
   * @param state the optimiser's state behind it
   * @throws io.hone.conf.UserException if the directory cannot be written
   */
  public ShardedExchange(
      JavaSparkContext spark,
      UpdateSettings settings,
      String root,
      int shards,
      PolicyVersion policy,
      OptimizerState state) {
    this.spark = spark;
    this.settings = settings;
    this.plan = ShardPlan.of(settings.layout().size(), shards);
    this.directory = new ShardDirectory(root, plan, settings.resources().hadoop());
    this.shards = directory.write(policy.version(), policy.weights(), state);
    this.updates = state.updates();
    this.policies = new PublishedPolicies(spark, policy.at(weights()));
  }

  @Override
  public Broadcast<PolicyVersion> published() {
    return policies.current();
  }

  @Override
  public OptimizerState optimizerState() {
    return new OptimizerState(
        directory.sequence(shards, StoredShard::firstMoment),
        directory.sequence(shards, StoredShard::secondMoment),
        updates);
  }

  @Override
  public Broadcast<PolicyVersion> publishReference(PolicyVersion reference) {
    return policies.addReference(reference.at(directory.writeReference(reference.weights())));
  }

  @Override
  public UpdateResult update(List<GradientAssignment> assignments, Objective objective) {
    Stopwatch watch = new Stopwatch();
    JavaRDD<TaskOutcome<GradientShard>> gradient = gradient(assignments, objective);
    try {
      List<GradientShardReport> reports = collect(gradient);
      double gradientJob = watch.lap();
      GradientSummaries summaries = new GradientSummaries(reports.get(0).summaries());
      summaries.requireWeights(policy());
      double norm = norm(reports);
      LossStatistics statistics = summaries.statistics();
      double learningRate = settings.schedule().at(updates);
      boolean applied = Double.isFinite(norm) && Double.isFinite(statistics.loss());
      List<ShardReport> updated =
          applied ? apply(gradient, new AdamW.Step(norm, learningRate, updates + 1)) : List.of();
      double updateJob = watch.lap();
      if (applied) {
        publish(updated);
      }

      GradientSummary.Seconds slowest = summaries.slowest();
      double tasks = slowest.load() + slowest.compute();
      double summing = maximum(reports.stream().mapToDouble(GradientShardReport::seconds));
      double updating = maximum(updated.stream().mapToDouble(ShardReport::seconds));
      return new UpdateResult(
          applied,
          learningRate,
          norm,
          statistics,
          summaries.reproducible(),
          new UpdateResult.Seconds(
              slowest.load(),
              slowest.compute(),
              gradientJob - tasks - summing + updateJob - updating,
              summing + updating,
              watch.lap()),
          TrainingConfig.Exchange.SHARDED,
          new ExchangeCost(plan.size(), assignments.size(), policies.executors()));
    } finally {
      gradient.unpersist(false);
      // Spark would keep the files of the shuffle until the driver collects garbage.
      gradient.rdd().cleanShuffleDependencies(false);
    }
  }

  /**
   * The gradient, a partition for each shard, kept where it is first computed; a lost part is
   * summed again from the shuffle, whose lost parts are computed again.
   */
  private JavaRDD<TaskOutcome<GradientShard>> gradient(
      List<GradientAssignment> assignments, Objective objective) {
    GradientTask task =
        new GradientTask(
            objective, settings.tokensPerMicroBatch(), settings.resources(), published());
    ShardPlan shardPlan = plan;
    JavaPairRDD<SliceKey, TaskOutcome<GradientSlice>> slices =
        spark
            .parallelize(assignments, assignments.size())
            .flatMapToPair(assignment -> slices(task, shardPlan, assignment))
            .repartitionAndSortWithinPartitions(new ShardPartitioner(plan.shards()));
    return nearOwners()
        .zipPartitions(slices, (shard, parts) -> sum(parts))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Runs inside a gradient task. A user error goes to every shard, so that none waits for it. */
  private static Iterator<Tuple2<SliceKey, TaskOutcome<GradientSlice>>> slices(
      GradientTask task, ShardPlan plan, GradientAssignment assignment) {
    TaskOutcome<GradientReport> outcome = TaskOutcome.of(() -> task.run(assignment));
    return IntStream.range(0, plan.shards())
        .mapToObj(
            shard ->
                new Tuple2<>(
                    new SliceKey(shard, assignment.partition()),
                    outcome.map(
                        report -> GradientSlice.of(report, plan.start(shard), plan.end(shard)))))
        .iterator();
  }

  /** Runs inside the task of a shard. */
  private static Iterator<TaskOutcome<GradientShard>> sum(
      Iterator<Tuple2<SliceKey, TaskOutcome<GradientSlice>>> slices) {
    Iterator<GradientSlice> values =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return slices.hasNext();
          }

          @Override
          public GradientSlice next() {
            return slices.next()._2().get();
          }
        };
    return Collections.singleton(TaskOutcome.of(() -> GradientShard.sum(values))).iterator();
  }

  /** A partition for each shard, which wants to be where that shard was last updated. */
  private JavaRDD<Integer> nearOwners() {
    List<Tuple2<Integer, Seq<String>>> places = new ArrayList<>();
    for (int shard = 0; shard < plan.shards(); shard++) {
      List<String> wanted =
          owners.isEmpty() ? List.of() : List.of(owners.get(shard).preferredLocation());
      places.add(new Tuple2<>(shard, seq(wanted)));
    }
    ClassTag<Integer> tag = ClassTag$.MODULE$.apply(Integer.class);
    return JavaRDD.fromRDD(spark.sc().makeRDD(seq(places), tag), tag);
  }

  private List<GradientShardReport> collect(JavaRDD<TaskOutcome<GradientShard>> gradient) {
    Layout layout = settings.layout();
    AdamWSettings optimizer = settings.optimizer();
    return gradient
        .map(outcome -> outcome.map(shard -> shard.report(new AdamW(layout, optimizer))))
        .collect()
        .stream()
        .map(TaskOutcome::get)
        .toList();
  }

  private List<ShardReport> apply(JavaRDD<TaskOutcome<GradientShard>> gradient, AdamW.Step step) {
    long version = policy().version();
    ShardUpdateTask task =
        new ShardUpdateTask(
            directory.identity(),
            version,
            shards,
            settings.layout(),
            settings.optimizer(),
            step,
            directory.version(version + 1).toString(),
            settings.resources().hadoop());
    return gradient
        .mapPartitionsWithIndex(
            (shard, outcomes) ->
                Collections.singleton(TaskOutcome.of(() -> task.run(shard, outcomes.next().get())))
                    .iterator(),
            true)
        .collect()
        .stream()
        .map(TaskOutcome::get)
        .toList();
  }

  private void publish(List<ShardReport> updated) {
    long previous = policy().version();
    shards = updated.stream().map(ShardReport::stored).toList();
    owners = updated.stream().map(ShardReport::owner).toList();
    updates++;
    policies.publishNext(weights());
    directory.delete(previous - 1);
  }

  private FlatSequence weights() {
    return directory.sequence(shards, StoredShard::weights);
  }

  private static double norm(List<GradientShardReport> reports) {
    return AdamW.norm(
        reports.stream().flatMapToDouble(report -> DoubleStream.of(report.squares())).toArray());
  }

  private static double maximum(DoubleStream seconds) {
    return seconds.max().orElse(0);
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  @Override
  public void close() {
    policies.close();
    ResidentShards.forget(directory.identity());
    directory.close();
  }
}
