package io.hone.jobs.bench;

import io.hone.conf.RunConfig;
import io.hone.driver.exchange.DriverExchange;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.OptimizerState;
import io.hone.driver.exchange.UpdateResult;
import io.hone.driver.exchange.UpdateSettings;
import io.hone.driver.run.RunFailedException;
import io.hone.driver.train.Losses;
import io.hone.driver.train.StepNumbers;
import io.hone.executor.advantage.TokenAdvantage;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.SampleAdvantage;
import io.hone.executor.gradient.SampleSource;
import io.hone.executor.model.ComputeSettings;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.TaskResources;
import io.hone.executor.model.TokenizerFiles;
import io.hone.executor.rollout.RolloutCache;
import io.hone.executor.rollout.RolloutReturns;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.RolloutStatus;
import io.hone.executor.table.Tables;
import io.hone.executor.table.TaskOutput;
import io.hone.executor.table.Timings;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.model.LossSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SerializableWritable;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Updates of a policy on rollouts of random tokens with advantage 1, as a run makes them: a
 * gradient task for each partition, which reads its rollouts and sums their gradient; AdamW; the
 * new weights published.
 */
public final class TrainBenchmark implements AutoCloseable {
  private static final String RUN = "benchmark of training";

  private final Exchange exchange;
  private final List<GradientAssignment> assignments;
  private final LossSettings loss;

  /**
   * Sends the model and writes the rollouts.
   *
   * @param config model, optimiser and memory; one gradient task for each of its partitions
   * @param rows sequences of an update
   * @param tokens of each sequence, of which all but the first count in the loss
   * @param directory where rollouts are written, shared by driver and executors
   */
  public TrainBenchmark(
      JavaSparkContext spark,
      RunConfig config,
      Checkpoint checkpoint,
      int rows,
      int tokens,
      Path directory) {
    this.exchange = exchange(spark, config, checkpoint);
    this.assignments =
        assignments(
            spark,
            RandomTokens.rows(rows, tokens, checkpoint.architecture().vocabSize()),
            Math.min(rows, config.gradientPartitions()),
            directory);
    this.loss = Losses.policy(config, StepNumbers.first(config), (long) rows * (tokens - 1), rows);
  }

  private static Exchange exchange(
      JavaSparkContext spark, RunConfig config, Checkpoint checkpoint) {
    TaskResources resources =
        new TaskResources(
            spark.broadcast(TokenizerFiles.read(checkpoint.directory())),
            spark.broadcast(new SerializableWritable<>(spark.hadoopConfiguration())));
    return new DriverExchange(
        spark,
        UpdateSettings.of(
            config.training(), config.optimizer(), checkpoint.layout(), Long.MAX_VALUE, resources),
        new PolicyVersion(
            0, checkpoint.architecture(), checkpoint.weights(), ComputeSettings.of(config)),
        OptimizerState.initial(checkpoint.layout().size()));
  }

  private static List<GradientAssignment> assignments(
      JavaSparkContext spark, int[][] sequences, int partitions, Path directory) {
    List<GradientAssignment> assignments = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      List<RolloutRow> rows = new ArrayList<>();
      List<SampleAdvantage> advantages = new ArrayList<>();
      for (int group = partition; group < sequences.length; group += partitions) {
        rows.add(rollout(group, sequences[group]));
        advantages.add(new SampleAdvantage(group, 0, TokenAdvantage.constant(1)));
      }
      String file =
          Tables.ROLLOUTS
              .write(directory, new TaskOutput(0, partition, 0), rows, spark.hadoopConfiguration())
              .path();
      assignments.add(
          new GradientAssignment(
              partition,
              new SampleSource.Rollouts(
                  RolloutReturns.PLAIN,
                  List.of(
                      new SampleSource.Selection(
                          new RolloutCache.Key(RUN, 0, partition), file, advantages)))));
    }
    return assignments;
  }

  /** A group of one: the first token is the prompt, the others were sampled from it. */
  private static RolloutRow rollout(int group, int[] tokens) {
    return new RolloutRow(
        0,
        Integer.toString(group),
        0,
        group,
        0,
        0,
        0,
        0,
        "",
        "",
        Arrays.copyOf(tokens, 1),
        Arrays.copyOfRange(tokens, 1, tokens.length),
        new float[tokens.length - 1],
        new float[tokens.length - 1],
        null,
        null,
        null,
        null,
        "length",
        true,
        1.0,
        true,
        null,
        null,
        null,
        RolloutStatus.SCORED,
        Map.of(),
        "{}",
        new Timings("", 0, 0));
  }

  /**
   * Makes one update.
   *
   * @throws RunFailedException if its loss or gradient is not finite
   */
  public StepTime update() {
    long start = System.nanoTime();
    UpdateResult result = exchange.update(assignments, loss);
    double total = (System.nanoTime() - start) * 1e-9;
    if (!result.applied()) {
      throw new RunFailedException(
          "loss " + result.statistics().loss() + " or its gradient is not finite");
    }
    UpdateResult.Seconds seconds = result.seconds();
    return new StepTime(total, 0, 0, seconds.gradient(), seconds.update(), seconds.publish());
  }

  @Override
  public void close() {
    exchange.close();
    RolloutCache.forget(RUN);
  }
}
