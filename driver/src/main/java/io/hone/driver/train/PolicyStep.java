package io.hone.driver.train;

import io.hone.conf.RunConfig;
import io.hone.driver.data.PacedOrder;
import io.hone.driver.data.Prompt;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.UpdateResult;
import io.hone.driver.run.CommittedRun;
import io.hone.driver.run.RunDirectory;
import io.hone.driver.run.StepCommit;
import io.hone.executor.advantage.GroupRewards;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.TaskResources;
import io.hone.executor.reward.RunningStatistics;
import io.hone.executor.rollout.GaeSettings;
import io.hone.executor.rollout.PromptGroup;
import io.hone.executor.rollout.RolloutPlan;
import io.hone.executor.rollout.RolloutReport;
import io.hone.executor.rollout.RolloutReturns;
import io.hone.executor.rollout.SampleOutcome;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.Tables;
import io.hone.kernels.model.SamplingSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A step on rollouts: rollout, score, advantage, gradient, update, publish. */
final class PolicyStep implements StepRunner {
  private final JavaSparkContext spark;
  private final RunConfig config;
  private final RunDirectory directory;
  private final List<Prompt> prompts;
  private final PromptQueries queries;
  private final PacedOrder order;
  private final SamplingSettings sampling;
  private final TaskResources resources;
  private final Exchange exchange;
  private final Optional<Exchange> critic;
  private final Broadcast<PolicyVersion> reference;
  private final RolloutObjective objective;
  private final PolicyLearner learner;

  /** Of the last step that this driver made; those of earlier ones are committed. */
  private Metrics latest = new Metrics();

  PolicyStep(
      JavaSparkContext spark,
      RunConfig config,
      RunDirectory directory,
      List<Prompt> prompts,
      PromptQueries queries,
      PacedOrder order,
      SamplingSettings sampling,
      TaskResources resources,
      Exchange exchange,
      Optional<Exchange> critic,
      Broadcast<PolicyVersion> reference,
      RolloutObjective objective,
      UpdateQuota quota) {
    this.spark = spark;
    this.config = config;
    this.directory = directory;
    this.prompts = prompts;
    this.queries = queries;
    this.order = order;
    this.sampling = sampling;
    this.resources = resources;
    this.exchange = exchange;
    this.critic = critic;
    this.reference = reference;
    this.objective = objective;
    this.learner = new PolicyLearner(config, exchange, critic, objective, quota);
  }

  @Override
  public Metrics run(int step, StepCommit commit) {
    Metrics before = before(step);
    StepNumbers now = StepNumbers.of(config, step, before);
    StepPrompts drawn = new StepPrompts(prompts, queries, order, step);
    Rollouts sampled = sample(plan(step, now), drawn);
    List<Path> files =
        commit.addRollouts(sampled.reports().stream().map(RolloutReport::file).toList());
    StepRollouts rollouts =
        rollouts(
            step,
            now,
            sampled.outcomes(),
            StepRollouts.partitions(
                sampled.reports().stream().map(RolloutReport::samples).toList()),
            files);
    PolicyLearner.Learned learned = learner.learn(rollouts, now);
    commit.addAdvantages(
        List.of(
            AdvantageFile.write(
                directory, resources.hadoop().value().value(), rollouts, learned, drawn.groups())));

    Metrics metrics = new Metrics();
    now.addTo(metrics, config);
    if (order.share().changes()) {
      metrics.put("schedule/curriculum-share", order.share().at(step));
    }
    if (config.rollout().refills() > 0) {
      metrics.put(
          "groups/refilled", rollouts.groups() - (double) config.rollout().promptsPerStep());
    }
    latest = metrics;
    RolloutMetrics.rewards(metrics, now.reward(), rollouts.outcomes());
    RunningStatistics.inputs(now.reward())
        .forEach(
            (component, input) ->
                RunningScores.of(before, component)
                    .plus(rollouts.outcomes(), input)
                    .addTo(metrics, component));
    objective.metrics(metrics, rollouts, learned);
    List<UpdateResult> updates = learned.updates();
    sampled.times(metrics);
    UpdateMetrics.times(metrics, updates);
    UpdateMetrics.exchange(metrics, updates);
    if (config.hasCritic()) {
      RolloutMetrics.critic(metrics, rollouts.outcomes());
      UpdateMetrics.values(metrics, critic.isPresent() ? learned.criticUpdates() : updates);
    }
    if (critic.isPresent()) {
      UpdateMetrics.critic(metrics, learned.criticUpdates());
    }
    metrics.put(
        "time/spark",
        sampled.seconds()
            - sampled.slowestTask()
            + UpdateMetrics.sparkOverhead(learned.allUpdates()));
    return metrics;
  }

  /** Samples the step's groups and, for those that teach nothing, further ones. */
  private Rollouts sample(RolloutPlan plan, StepPrompts drawn) {
    Rollouts sampled = Rollouts.none(plan);
    List<PromptGroup> next = drawn.groups();
    for (int refill = 0; !next.isEmpty(); refill++) {
      sampled =
          sampled.sample(
              spark,
              next,
              config.rollout().partitions(),
              resources,
              exchange.published(),
              reference,
              critic.map(Exchange::published).orElse(null));
      next =
          refill < config.rollout().refills()
              ? drawn.further(missing(sampled.outcomes()))
              : List.of();
    }
    return sampled;
  }

  /** How many groups a step lacks whose rewards differ. */
  private int missing(List<SampleOutcome> outcomes) {
    long differing =
        StepRollouts.rewards(
                outcomes, config.rollout().groupSize(), config.rollout().maskTruncated())
            .stream()
            .filter(GroupRewards::differs)
            .count();
    return (int) (config.rollout().promptsPerStep() - differing);
  }

  @Override
  public List<UpdateResult> replay(int step) {
    StepNumbers now = StepNumbers.of(config, step, before(step));
    CommittedRun committed = directory.committed();
    List<Path> files = committed.rollouts(step);
    List<List<SampleOutcome>> byFile = new ArrayList<>();
    for (Path file : files) {
      List<SampleOutcome> outcomes = new ArrayList<>();
      for (RolloutRow row : Tables.ROLLOUTS.read(file, resources.hadoop().value().value())) {
        outcomes.add(CommittedOutcome.of(row, returns(now)));
      }
      byFile.add(outcomes);
    }
    List<SampleOutcome> outcomes =
        byFile.stream()
            .flatMap(List::stream)
            .sorted(
                Comparator.comparingInt(SampleOutcome::group)
                    .thenComparingInt(SampleOutcome::sample))
            .toList();
    List<SampleOutcome> rewarded =
        FinalRewards.of(now.reward(), outcomes, config.rollout().groupSize());
    return learner
        .learn(rollouts(step, now, rewarded, StepRollouts.partitions(byFile), files), now)
        .allUpdates();
  }

  /** What the step before told. */
  private Metrics before(int step) {
    int before = step - 1;
    boolean committed = before >= 0 && before < directory.committed().steps();
    return committed ? CommittedMetrics.of(directory.committed(), before) : latest;
  }

  private StepRollouts rollouts(
      int step,
      StepNumbers now,
      List<SampleOutcome> outcomes,
      List<Integer> partitions,
      List<Path> files) {
    return new StepRollouts(
        runIdentity(),
        step,
        returns(now),
        config.rollout().groupSize(),
        partitions,
        outcomes,
        files.stream().map(Path::toString).toList());
  }

  /** What tokens return: the KL coefficient is that of the step. */
  private RolloutReturns returns(StepNumbers now) {
    return new RolloutReturns(
        config.advantage().discount(),
        config.hasKlInReward() ? now.klCoefficient() : 0,
        config.loss().klEstimator(),
        config.hasCritic()
            ? new GaeSettings(
                config.critic().lambda(),
                config.critic().effectiveValueLambda(),
                config.critic().bootstrapTruncated())
            : null);
  }

  private String runIdentity() {
    return directory.committed().layout().root().toString();
  }

  private RolloutPlan plan(int step, StepNumbers now) {
    return new RolloutPlan(
        runIdentity(),
        RolloutPlan.Purpose.TRAINING,
        config.seed(),
        step,
        config.rollout().groupSize(),
        sampling.withTemperature((float) now.temperature()),
        config.rollout().stopStrings(),
        now.reward(),
        config.samplesGreedily(),
        returns(now),
        directory.epoch(),
        directory.committed().layout().rollouts(step).toString(),
        config.recordsOldLogprobs(),
        config.training().tokensPerMicroBatch());
  }
}
