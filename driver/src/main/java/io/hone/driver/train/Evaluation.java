package io.hone.driver.train;

import io.hone.conf.EvalConfig;
import io.hone.conf.RunConfig;
import io.hone.driver.data.Prompt;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.TaskResources;
import io.hone.executor.rollout.PromptGroup;
import io.hone.executor.rollout.RolloutPlan;
import io.hone.executor.rollout.RolloutReport;
import io.hone.executor.rollout.RolloutReturns;
import io.hone.executor.rollout.SampleOutcome;
import io.hone.executor.statistics.Moments;
import io.hone.kernels.model.SamplingSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a policy on held-out prompts: one greedy completion of each, and several sampled ones
 * for pass@k and the mean reward. The same random numbers at every step, so that evaluations of one
 * run differ by the policy alone.
 */
public final class Evaluation {
  /** The number by which checkpoints are compared: the mean reward of sampled completions. */
  public static final String CRITERION = "evaluation/reward-mean";

  private final JavaSparkContext spark;
  private final RunConfig config;
  private final List<PromptGroup> groups;
  private final SamplingSettings sampling;
  private final TaskResources resources;

  /**
   * @param prompts held out from training
   * @param sampling how the training samples; temperature and length are replaced by the
   *     evaluation's
   */
  public Evaluation(
      JavaSparkContext spark,
      RunConfig config,
      List<Prompt> prompts,
      SamplingSettings sampling,
      TaskResources resources) {
    this.spark = spark;
    this.config = config;
    PromptQueries queries =
        PromptQueries.of(prompts, config.data().queryColumn(), config.eval().data());
    int[] all = queries.prompts(IntStream.range(0, queries.count()).toArray());
    this.groups = PromptGroups.of(prompts, all, queries.size());
    this.sampling = sampling;
    this.resources = resources;
  }

  /** Measures one version of the policy, without keeping the rollouts. */
  public Metrics measure(Broadcast<PolicyVersion> policy) {
    return measure(policy, Optional.empty());
  }

  Metrics measure(Broadcast<PolicyVersion> policy, Optional<EvaluationTables> tables) {
    EvalConfig eval = config.eval();
    List<SampleOutcome> greedy = sample(policy, 0f, 1, "greedy", tables);
    List<SampleOutcome> sampled =
        sample(policy, (float) eval.temperature(), eval.samples(), "sampled", tables);
    Metrics metrics = new Metrics();
    metrics.putMean("evaluation/greedy/reward-mean", rewards(greedy));
    metrics.put("evaluation/greedy/pass-share", passShare(greedy));
    metrics.putMean("evaluation/greedy/length-mean", lengths(greedy));
    metrics.putMean(CRITERION, rewards(sampled));
    metrics.put("evaluation/valid-share", (double) valid(sampled).size() / sampled.size());
    metrics.putMean("evaluation/length-mean", lengths(sampled));
    metrics.put(
        "evaluation/truncated-share",
        (double) sampled.stream().filter(SampleOutcome::truncated).count() / sampled.size());
    for (int k = 1; k <= eval.samples(); k *= 2) {
      metrics.putMean("evaluation/pass@" + k, passAtK(sampled, k));
    }
    return metrics;
  }

  private List<SampleOutcome> sample(
      Broadcast<PolicyVersion> policy,
      float temperature,
      int groupSize,
      String name,
      Optional<EvaluationTables> tables) {
    SamplingSettings settings =
        new SamplingSettings(
            temperature,
            sampling.topK(),
            sampling.topP(),
            sampling.minP(),
            sampling.repetitionPenalty(),
            config.evalMaxNewTokens(),
            sampling.stopIds(),
            sampling.slots());
    RolloutPlan plan =
        new RolloutPlan(
            "evaluation",
            RolloutPlan.Purpose.EVALUATION,
            config.seed(),
            0,
            groupSize,
            settings,
            config.rollout().stopStrings(),
            config.reward().last(),
            false,
            RolloutReturns.PLAIN,
            tables.map(EvaluationTables::driverEpoch).orElse(0L),
            tables.map(present -> present.directory(name)).orElse(null),
            false,
            config.training().tokensPerMicroBatch());
    Rollouts rollouts =
        Rollouts.none(plan)
            .sample(spark, groups, config.rollout().partitions(), resources, policy, null, null);
    tables.ifPresent(
        present ->
            present.add(name, rollouts.reports().stream().map(RolloutReport::file).toList()));
    return rollouts.outcomes();
  }

  private static List<SampleOutcome> valid(List<SampleOutcome> outcomes) {
    return outcomes.stream().filter(outcome -> outcome.reward().valid()).toList();
  }

  private static Moments rewards(List<SampleOutcome> outcomes) {
    return Moments.of(valid(outcomes).stream().mapToDouble(outcome -> outcome.reward().value()));
  }

  private static Moments lengths(List<SampleOutcome> outcomes) {
    return Moments.of(outcomes.stream().mapToDouble(SampleOutcome::completionTokens));
  }

  private double passShare(List<SampleOutcome> outcomes) {
    return (double) passed(valid(outcomes)) / valid(outcomes).size();
  }

  /** Over the prompts with at least k rewards: a completion without one has not failed. */
  private Moments passAtK(List<SampleOutcome> sampled, int k) {
    int samples = config.eval().samples();
    return Moments.of(
        IntStream.range(0, groups.size())
            .mapToObj(group -> valid(sampled.subList(group * samples, (group + 1) * samples)))
            .filter(rewarded -> rewarded.size() >= k)
            .mapToDouble(rewarded -> PassAtK.estimate(rewarded.size(), passed(rewarded), k)));
  }

  private int passed(List<SampleOutcome> rewarded) {
    return (int)
        rewarded.stream()
            .filter(outcome -> outcome.reward().value() >= config.eval().passThreshold())
            .count();
  }
}
