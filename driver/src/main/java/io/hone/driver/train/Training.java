package io.hone.driver.train;

import io.hone.conf.OptimizerConfig;
import io.hone.conf.ResolvedConfig;
import io.hone.conf.RunArithmetic;
import io.hone.conf.RunConfig;
import io.hone.conf.UserException;
import io.hone.driver.data.DataSet;
import io.hone.driver.data.EpochOrder;
import io.hone.driver.data.PacedOrder;
import io.hone.driver.data.Prompt;
import io.hone.driver.exchange.DriverExchange;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.OptimizerState;
import io.hone.driver.exchange.ShardedExchange;
import io.hone.driver.exchange.UpdateSettings;
import io.hone.driver.run.RunDirectory;
import io.hone.driver.run.RunFailedException;
import io.hone.executor.model.ComputeSettings;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.TaskResources;
import io.hone.executor.rollout.RolloutCache;
import io.hone.kernels.checkpoint.Head;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A training run from its configuration to its last commit: what {@code hone train} does. */
public final class Training {
  private final JavaSparkContext spark;
  private final ResolvedConfig<RunConfig> resolved;
  private final RunConfig config;
  private final StepListener listener;

  /**
   * @param spark to run on
   * @param resolved the configuration, with where each value came from
   * @param listener told of progress
   */
  public Training(
      JavaSparkContext spark, ResolvedConfig<RunConfig> resolved, StepListener listener) {
    this.spark = spark;
    this.resolved = resolved;
    this.config = resolved.config();
    this.listener = listener;
  }

  /**
   * Makes the steps that the run directory lacks.
   *
   * @throws UserException if configuration, data, checkpoint or run directory do not fit
   * @throws RunFailedException if the run cannot go on for another reason
   */
  public void run() {
    TrainingInput input = TrainingInput.read(config, spark.hadoopConfiguration());
    DataSet<?> data = input.trainingData();
    listener.read(data.items().size(), data.skipped(), data.leftOut());
    TaskResources resources = input.broadcast(spark);
    try (RunDirectory directory =
        RunDirectory.open(config.requiredRunDir(), spark.hadoopConfiguration())) {
      RunIdentity identity = RunIdentity.of(resolved, Provenance.of(input, spark.version()));
      identity.requireSame(directory.committed());
      directory.writeRunFile(identity.yaml());
      try (TrainedWeights trained = input.trained(spark)) {
        run(input, trained, resources, directory);
      }
    }
  }

  private void run(
      TrainingInput input,
      TrainedWeights trained,
      TaskResources resources,
      RunDirectory directory) {
    Optional<Path> checkpoint =
        directory.committed().latestCheckpoint().map(directory::localCheckpoint);
    TrainingCheckpoints checkpoints = new TrainingCheckpoints(trained, config.checkpoint());
    Optional<TrainingCheckpoints.State> state = checkpoint.map(checkpoints::read);
    UpdateQuota quota =
        new UpdateQuota(
            config.training().nonFiniteQuota(),
            state.map(TrainingCheckpoints.State::skippedUpdates).orElse(0));
    long updates = RunArithmetic.of(config).updates();
    String place = directory.exchangeDirectory();
    try (Exchange exchange =
            exchange(trained, config.optimizer(), updates, resources, place, state);
        Critic critic = critic(input, resources, place, checkpoint)) {
      Broadcast<PolicyVersion> reference =
          config.usesReference()
              ? exchange.publishReference(trained.version(0, trained.initial()))
              : null;
      Optional<Evaluation> evaluation =
          input
              .heldOut()
              .map(
                  data -> new Evaluation(spark, config, data.items(), input.sampling(), resources));
      Optional<Critic> own = Optional.ofNullable(critic);
      StepRunner runner =
          runner(
              input, resources, directory, exchange, own.map(Critic::exchange), reference, quota);
      new TrainingLoop(
              config, directory, exchange, own, runner, evaluation, checkpoints, quota, listener)
          .run(state.map(found -> found.step() + 1).orElse(0));
    } finally {
      RolloutCache.forget(directory.committed().layout().root().toString());
    }
  }

  /** A critic of its own, else null. */
  private Critic critic(
      TrainingInput input, TaskResources resources, String place, Optional<Path> checkpoint) {
    if (input.critic().isEmpty()) {
      return null;
    }
    TrainedWeights trained =
        AllWeights.of(input.critic().get(), Head.VALUE, config.seed(), ComputeSettings.of(config));
    TrainingCheckpoints checkpoints = new TrainingCheckpoints(trained, config.checkpoint());
    Optional<TrainingCheckpoints.State> state =
        checkpoint
            .map(directory -> directory.resolve(TrainingCheckpoints.CRITIC))
            .map(checkpoints::read);
    long updates = RunArithmetic.of(config).criticUpdates();
    return new Critic(
        exchange(
            trained,
            config.critic().optimizer(),
            updates,
            resources,
            place + "/" + TrainingCheckpoints.CRITIC,
            state),
        checkpoints);
  }

  private Exchange exchange(
      TrainedWeights trained,
      OptimizerConfig optimizerConfig,
      long updates,
      TaskResources resources,
      String place,
      Optional<TrainingCheckpoints.State> state) {
    PolicyVersion policy =
        state
            .map(found -> trained.version(found.policyVersion(), found.weights()))
            .orElseGet(() -> trained.version(0, trained.initial()));
    OptimizerState optimizer =
        state
            .map(TrainingCheckpoints.State::optimizer)
            .orElseGet(() -> OptimizerState.initial(trained.layout().size()));
    UpdateSettings settings =
        UpdateSettings.of(config.training(), optimizerConfig, trained.layout(), updates, resources);
    return switch (config.training().exchange()) {
      case DRIVER -> new DriverExchange(spark, settings, policy, optimizer);
      case SHARDED ->
          new ShardedExchange(spark, settings, place, config.exchangeShards(), policy, optimizer);
    };
  }

  private StepRunner runner(
      TrainingInput input,
      TaskResources resources,
      RunDirectory directory,
      Exchange exchange,
      Optional<Exchange> critic,
      Broadcast<PolicyVersion> reference,
      UpdateQuota quota) {
    return switch (config.algorithm()) {
      case GRPO, PPO ->
          rollouts(
              input,
              resources,
              directory,
              exchange,
              critic,
              reference,
              new PolicyObjective(config),
              quota);
      case SFT ->
          rows(input.examples().orElseThrow(), new SupervisedLearner(config, exchange), quota);
      case DPO ->
          config.samplesRollouts()
              ? rollouts(
                  input,
                  resources,
                  directory,
                  exchange,
                  critic,
                  reference,
                  new PairObjective(config),
                  quota)
              : rows(
                  input.preferences().orElseThrow(),
                  new PreferenceLearner(
                      config,
                      exchange,
                      reference,
                      new KtoDivergence(spark, config, exchange, reference)),
                  quota);
    };
  }

  private StepRunner rollouts(
      TrainingInput input,
      TaskResources resources,
      RunDirectory directory,
      Exchange exchange,
      Optional<Exchange> critic,
      Broadcast<PolicyVersion> reference,
      RolloutObjective objective,
      UpdateQuota quota) {
    DataSet<Prompt> prompts = input.prompts().orElseThrow();
    PromptQueries queries =
        PromptQueries.of(prompts.items(), config.data().queryColumn(), config.data().path());
    return new PolicyStep(
        spark,
        config,
        directory,
        prompts.items(),
        queries,
        new PacedOrder(
            order(queries.count(), queries.perStep(config.rollout().promptsPerStep())),
            config.data().curriculum().share()),
        input.sampling(),
        resources,
        exchange,
        critic,
        reference,
        objective,
        quota);
  }

  private <R> StepRunner rows(DataSet<R> data, RowLearner<R> learner, UpdateQuota quota) {
    return new RowStep<>(
        config,
        data.items(),
        order(data.items().size(), config.training().batchSize()),
        learner,
        quota);
  }

  private EpochOrder order(int size, int batch) {
    return new EpochOrder(config.seed(), size, batch, config.data().shuffle());
  }
}
