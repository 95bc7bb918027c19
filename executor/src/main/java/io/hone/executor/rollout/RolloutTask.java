package io.hone.executor.rollout;

import io.hone.conf.ComponentConfig;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.ResidentModels;
import io.hone.executor.model.ResidentTokenizers;
import io.hone.executor.model.TaskResources;
import io.hone.executor.model.WeightsUsed;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.executor.reward.Score;
import io.hone.executor.reward.VarianceShares;
import io.hone.executor.table.ComponentScore;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.RolloutStatus;
import io.hone.executor.table.TableFile;
import io.hone.executor.table.Tables;
import io.hone.executor.table.TaskOutput;
import io.hone.executor.table.Timings;
import io.hone.kernels.model.Completion;
import io.hone.kernels.model.LanguageModel;
import io.hone.kernels.model.SequenceKey;
import io.hone.kernels.tokenizer.Tokenizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Samples and scores the groups of one partition and writes a row for each completion. A pure
 * function of (policy version, step, its prompts, seed): what it keeps for the gradient task is a
 * cache of what it wrote.
 */
public final class RolloutTask implements Serializable {
  private final RolloutPlan plan;
  private final TaskResources resources;
  private final Broadcast<PolicyVersion> policy;
  private final Broadcast<PolicyVersion> reference;
  private final Broadcast<PolicyVersion> critic;

  /**
   * @param reference the frozen reference policy; null where there is no KL term
   * @param critic the critic; null where there is none or its head is the policy's
   */
  public RolloutTask(
      RolloutPlan plan,
      TaskResources resources,
      Broadcast<PolicyVersion> policy,
      Broadcast<PolicyVersion> reference,
      Broadcast<PolicyVersion> critic) {
    this.plan = plan;
    this.resources = resources;
    this.policy = policy;
    this.reference = reference;
    this.critic = critic;
  }

  /** Runs inside a Spark task. */
  public RolloutReport run(RolloutAssignment assignment) {
    Stopwatch watch = new Stopwatch();
    Tokenizer reader = ResidentTokenizers.get(resources.tokenizer().value());
    PolicyVersion version = policy.value();
    try (ResidentModels.Lease lease = ResidentModels.acquire(ResidentModels.Role.POLICY, version)) {
      double load = watch.lap();
      List<SampledText> sampled = sample(assignment, lease.model(), reader);
      List<SampledText> greedy =
          plan.greedy() ? sampleGreedily(assignment, lease.model(), reader) : List.of();
      double sample = watch.lap();
      List<Reward> rewards = score(assignment, sampled, plan.groupSize(), reader);
      List<Reward> greedyRewards = score(assignment, greedy, 1, reader);
      double score = watch.lap();
      List<int[]> sequences = sequences(assignment, sampled);
      List<float[]> old =
          plan.oldLogprobs()
              ? logprobs(lease.model(), assignment, sequences)
              : absent(sequences.size());
      List<float[]> referenceLogprobs =
          reference == null
              ? absent(sequences.size())
              : referenceLogprobs(lease, assignment, sequences);
      double logprobs = watch.lap();
      Values values = values(lease.model(), assignment, sequences);
      double valuing = watch.lap();
      WeightsUsed weights = lease.weightsUsed();
      Timings timings = new Timings(weights.executor(), sample, score);
      List<RolloutRow> rows = new ArrayList<>(sampled.size());
      List<SampleOutcome> outcomes = new ArrayList<>(sampled.size());
      Map<String, Double> shares = Map.of();
      for (int i = 0; i < sampled.size(); i++) {
        PromptGroup group = assignment.groups().get(i / plan.groupSize());
        int index = i % plan.groupSize();
        if (index == 0) {
          shares = VarianceShares.of(plan.reward(), rewards.subList(i, i + plan.groupSize()));
        }
        Optional<Greedy> baseline =
            plan.greedy()
                ? Optional.of(
                    new Greedy(
                        greedy.get(i / plan.groupSize()).text(),
                        greedyRewards.get(i / plan.groupSize())))
                : Optional.empty();
        RolloutRow row =
            row(
                group,
                index,
                sampled.get(i),
                rewards.get(i),
                shares,
                baseline,
                old.get(i),
                referenceLogprobs.get(i),
                values.rows().get(i),
                weights,
                timings);
        rows.add(row);
        outcomes.add(SampleOutcome.of(row, rewards.get(i), plan.returns()));
      }
      TableFile file = plan.table() == null ? null : write(assignment.partition(), rows);
      return new RolloutReport(
          assignment.partition(),
          file,
          outcomes,
          weights,
          values.weights(),
          new RolloutReport.Seconds(load, sample, score, logprobs, valuing, watch.lap()));
    }
  }

  private TableFile write(int partition, List<RolloutRow> rows) {
    TaskOutput output =
        new TaskOutput(plan.driverEpoch(), partition, TaskContext.get().taskAttemptId());
    TableFile file =
        Tables.ROLLOUTS.write(
            new Path(plan.table()), output, rows, resources.hadoop().value().value());
    if (plan.purpose() == RolloutPlan.Purpose.TRAINING) {
      RolloutCache.put(new RolloutCache.Key(plan.run(), plan.step(), partition), rows);
    }
    return file;
  }

  private List<SampledText> sample(
      RolloutAssignment assignment, LanguageModel model, Tokenizer reader) {
    List<int[]> prompts = assignment.groups().stream().map(PromptGroup::tokenIds).toList();
    List<SequenceKey> keys = new ArrayList<>();
    for (int group = 0; group < prompts.size(); group++) {
      for (int index = 0; index < plan.groupSize(); index++) {
        keys.add(new SequenceKey(group, plan.seed(assignment.groups().get(group), index)));
      }
    }
    return new Sampler(model, reader, plan.sampling(), plan.stopStrings()).sample(prompts, keys);
  }

  /** One completion of each group; nothing about it is random. */
  private List<SampledText> sampleGreedily(
      RolloutAssignment assignment, LanguageModel model, Tokenizer reader) {
    List<int[]> prompts = assignment.groups().stream().map(PromptGroup::tokenIds).toList();
    List<SequenceKey> keys = new ArrayList<>();
    for (int group = 0; group < prompts.size(); group++) {
      keys.add(new SequenceKey(group, 0));
    }
    return new Sampler(model, reader, plan.greedySampling(), plan.stopStrings())
        .sample(prompts, keys);
  }

  /** Scores {@code size} completions of each group, or none at all. */
  private List<Reward> score(
      RolloutAssignment assignment, List<SampledText> sampled, int size, Tokenizer reader) {
    if (sampled.isEmpty()) {
      return List.of();
    }
    RewardFunction function = RewardFunction.of(plan.reward());
    List<Reward> rewards = new ArrayList<>(sampled.size());
    List<List<Sample>> query = new ArrayList<>();
    for (int g = 0; g < assignment.groups().size(); g++) {
      PromptGroup group = assignment.groups().get(g);
      List<Sample> samples = new ArrayList<>(size);
      for (int index = 0; index < size; index++) {
        SampledText text = sampled.get(g * size + index);
        samples.add(
            new Sample(
                group.promptId(),
                group.prompt(),
                text.text(),
                text.completion().tokenIds().length,
                text.truncated(),
                plan.sampling().maxNewTokens(),
                group.columns(),
                () -> text.tokenEnds(reader, group.tokenIds())));
      }
      query.add(samples);
      boolean last = g + 1 == assignment.groups().size();
      if (last || assignment.groups().get(g + 1).query() != group.query()) {
        function.scoreQuery(query).forEach(rewards::addAll);
        query.clear();
      }
    }
    return rewards;
  }

  private List<int[]> sequences(RolloutAssignment assignment, List<SampledText> sampled) {
    List<int[]> sequences = new ArrayList<>(sampled.size());
    for (int i = 0; i < sampled.size(); i++) {
      sequences.add(
          Tokens.concatenate(
              assignment.groups().get(i / plan.groupSize()).tokenIds(),
              sampled.get(i).completion().tokenIds()));
    }
    return sequences;
  }

  private List<float[]> referenceLogprobs(
      ResidentModels.Lease lease, RolloutAssignment assignment, List<int[]> sequences) {
    try (ResidentModels.Lease referenceLease = lease.reference(reference.value())) {
      return logprobs(referenceLease.model(), assignment, sequences);
    }
  }

  /** Of the completion tokens only. */
  private List<float[]> logprobs(
      LanguageModel model, RolloutAssignment assignment, List<int[]> sequences) {
    List<float[]> all =
        model.tokenLogprobs(sequences, plan.sampling().temperature(), plan.tokensPerMicroBatch());
    List<float[]> completions = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      int promptLength = assignment.groups().get(i / plan.groupSize()).tokenIds().length;
      completions.add(Arrays.copyOfRange(all.get(i), promptLength - 1, all.get(i).length));
    }
    return completions;
  }

  /**
   * What a critic says.
   *
   * @param rows for each completion, the values before its tokens and behind the last one; null
   *     without a critic
   * @param weights of a critic of its own, else null
   */
  private record Values(List<float[]> rows, WeightsUsed weights) {}

  private Values values(LanguageModel model, RolloutAssignment assignment, List<int[]> sequences) {
    if (plan.returns().gae() == null) {
      return new Values(absent(sequences.size()), null);
    }
    if (critic == null) {
      return new Values(values(assignment, sequences, model), null);
    }
    try (ResidentModels.Lease lease =
        ResidentModels.acquire(ResidentModels.Role.CRITIC, critic.value())) {
      return new Values(values(assignment, sequences, lease.model()), lease.weightsUsed());
    }
  }

  /** From the last token of the prompt on: the value before a token stands at the one before it. */
  private List<float[]> values(
      RolloutAssignment assignment, List<int[]> sequences, LanguageModel model) {
    List<float[]> all = model.tokenValues(sequences, plan.tokensPerMicroBatch());
    List<float[]> completions = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      int promptLength = assignment.groups().get(i / plan.groupSize()).tokenIds().length;
      completions.add(Arrays.copyOfRange(all.get(i), promptLength - 1, all.get(i).length));
    }
    return completions;
  }

  private static List<float[]> absent(int size) {
    return Collections.nCopies(size, null);
  }

  /** The greedy completion of a prompt and what it is worth. */
  private record Greedy(String text, Reward reward) {}

  private RolloutRow row(
      PromptGroup group,
      int index,
      SampledText sampled,
      Reward reward,
      Map<String, Double> varianceShares,
      Optional<Greedy> greedy,
      float[] old,
      float[] referenceLogprobs,
      float[] values,
      WeightsUsed weights,
      Timings timings) {
    Completion completion = sampled.completion();
    return new RolloutRow(
        (int) plan.step(),
        group.promptId(),
        group.occurrence(),
        group.group(),
        index,
        weights.version(),
        weights.fingerprint(),
        plan.seed(group, index),
        group.prompt(),
        sampled.text(),
        group.tokenIds(),
        completion.tokenIds(),
        completion.logprobs(),
        completion.filteredLogprobs(),
        old,
        referenceLogprobs,
        values == null ? null : Arrays.copyOf(values, values.length - 1),
        values == null ? null : (double) values[values.length - 1],
        completion.finishReason().name().toLowerCase(Locale.ROOT),
        sampled.truncated(),
        reward.valid() ? reward.value() : null,
        reward.valid(),
        reward.perToken(),
        greedy.map(Greedy::text).orElse(null),
        greedy.map(Greedy::reward).filter(Reward::valid).map(Reward::value).orElse(null),
        reward.valid() ? RolloutStatus.SCORED : RolloutStatus.UNSCORED,
        components(reward, varianceShares),
        group.columnsJson(),
        timings);
  }

  private Map<String, ComponentScore> components(
      Reward reward, Map<String, Double> varianceShares) {
    Map<String, ComponentScore> components = new LinkedHashMap<>();
    for (ComponentConfig component : plan.reward().components()) {
      Score score = reward.components().get(component.name());
      components.put(
          component.name(),
          new ComponentScore(
              score.value(),
              score.confidence(),
              score.valid(),
              score.reason().isEmpty() ? null : score.reason(),
              component.weight().value(),
              varianceShares.get(component.name())));
    }
    return components;
  }
}
