package io.hone.executor.gradient;

import io.hone.executor.advantage.TokenAdvantage;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.ResidentModels;
import io.hone.executor.rollout.RolloutCache;
import io.hone.executor.rollout.RolloutReturns;
import io.hone.executor.rollout.Tokens;
import io.hone.executor.table.RolloutRow;
import io.hone.kernels.model.Preference;
import io.hone.kernels.model.TrainingSample;
import io.hone.kernels.model.ValueTargets;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;

/** Where the training samples of a gradient task come from. */
public sealed interface SampleSource extends Serializable {

  /**
   * The samples, in a fixed order, each keyed by the seed of its sequence.
   *
   * @param hadoop how to reach files
   * @param policy the use of the policy's model by the task
   */
  List<TrainingSample> samples(Configuration hadoop, ResidentModels.Lease policy);

  /**
   * Completions of one file of rollouts that were written in this step.
   *
   * @param key what the cache knows the file by
   * @param file where it is
   * @param advantages of the completions to train on, in order
   */
  record Selection(RolloutCache.Key key, String file, List<SampleAdvantage> advantages)
      implements Serializable {

    /** The rows of the completions, in their order. */
    private List<RolloutRow> rows(Configuration hadoop) {
      Map<SampleId, RolloutRow> rows = new HashMap<>();
      for (RolloutRow row : RolloutCache.get(key, file, hadoop)) {
        rows.put(new SampleId(row.group(), row.sampleIndex()), row);
      }
      return advantages.stream().map(advantage -> row(rows, advantage)).toList();
    }

    private RolloutRow row(Map<SampleId, RolloutRow> rows, SampleAdvantage advantage) {
      RolloutRow row = rows.get(new SampleId(advantage.group(), advantage.sample()));
      if (row == null) {
        throw new IllegalStateException(
            file
                + ": has no row for group "
                + advantage.group()
                + ", sample "
                + advantage.sample());
      }
      return row;
    }

    private record SampleId(int group, int sample) {}
  }

  /**
   * Rollouts and their advantages.
   *
   * @param returns what the step takes for the returns of tokens
   * @param selections of which files, in a fixed order
   */
  record Rollouts(RolloutReturns returns, List<Selection> selections) implements SampleSource {

    @Override
    public List<TrainingSample> samples(Configuration hadoop, ResidentModels.Lease policy) {
      List<TrainingSample> samples = new ArrayList<>();
      for (Selection selection : selections) {
        List<RolloutRow> rows = selection.rows(hadoop);
        for (int i = 0; i < rows.size(); i++) {
          samples.add(sample(rows.get(i), selection.advantages().get(i).advantage()));
        }
      }
      return samples;
    }

    private TrainingSample sample(RolloutRow row, TokenAdvantage advantage) {
      int length = row.tokenIds().length;
      return new TrainingSample(
          Tokens.concatenate(row.promptTokenIds(), row.tokenIds()),
          row.promptTokenIds().length,
          filled(length, 1f),
          advantage.dependsOnReturns()
              ? advantages(row, advantage)
              : filled(length, (float) advantage.offset()),
          row.oldLogprobs(),
          row.referenceLogprobs(),
          row.logprobs(),
          returns.gae() == null
              ? null
              : new ValueTargets(row.values(), floats(returns.valueReturns(row))),
          row.seed());
    }

    private static float[] floats(double[] values) {
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    }

    private float[] advantages(RolloutRow row, TokenAdvantage advantage) {
      double[] tokens = returns.of(row);
      float[] advantages = new float[tokens.length];
      for (int token = 0; token < tokens.length; token++) {
        advantages[token] = (float) advantage.of(tokens[token]);
      }
      return advantages;
    }
  }

  /**
   * Pairs of rollouts of the same prompt, as {@link io.hone.executor.advantage.PreferencePairs}
   * tells of them.
   *
   * @param selections of which files, in a fixed order; the two of a pair follow one another
   */
  record RolloutPairs(List<Selection> selections) implements SampleSource {

    @Override
    public List<TrainingSample> samples(Configuration hadoop, ResidentModels.Lease policy) {
      List<TrainingSample> samples = new ArrayList<>();
      for (Selection selection : selections) {
        List<RolloutRow> rows = selection.rows(hadoop);
        for (int i = 0; i < rows.size(); i += 2) {
          int chosen = selection.advantages().get(i).advantage().offset() > 0 ? i : i + 1;
          int rejected = chosen == i ? i + 1 : i;
          samples.add(sample(rows.get(chosen), Preference.CHOSEN));
          samples.add(sample(rows.get(rejected), Preference.REJECTED));
        }
      }
      return samples;
    }

    private static TrainingSample sample(RolloutRow row, Preference preference) {
      return new TrainingSample(
          Tokens.concatenate(row.promptTokenIds(), row.tokenIds()),
          row.promptTokenIds().length,
          filled(row.tokenIds().length, 1f),
          row.referenceLogprobs(),
          row.seed(),
          preference);
    }
  }

  /**
   * Token sequences whose tokens after the prompt are learned, sent along with the task.
   *
   * @param sequences prompt and completion of each
   */
  record Sequences(List<TokenSequence> sequences) implements SampleSource {
    @Override
    public List<TrainingSample> samples(Configuration hadoop, ResidentModels.Lease policy) {
      return sequences.stream()
          .map(
              sequence ->
                  new TrainingSample(
                      sequence.tokenIds(),
                      sequence.promptLength(),
                      filled(sequence.completionTokens(), 1f),
                      null,
                      null,
                      null,
                      null,
                      null,
                      sequence.seed()))
          .toList();
    }
  }

  /**
   * Completions that are compared with each other or labelled, sent along with the task, which
   * finds their log-probabilities under the reference policy itself.
   *
   * @param sequences in pairs, chosen and then rejected, or one by one, as the objective has it
   * @param reference the frozen reference policy; null where the objective has none
   * @param tokensPerMicroBatch bound of a forward pass of the reference, padding included
   */
  record Comparisons(
      List<LabelledSequence> sequences,
      Broadcast<PolicyVersion> reference,
      long tokensPerMicroBatch)
      implements SampleSource {
    @Override
    public List<TrainingSample> samples(Configuration hadoop, ResidentModels.Lease policy) {
      List<float[]> logprobs = reference == null ? null : referenceLogprobs(policy);
      List<TrainingSample> samples = new ArrayList<>(sequences.size());
      for (int i = 0; i < sequences.size(); i++) {
        TokenSequence sequence = sequences.get(i).sequence();
        samples.add(
            new TrainingSample(
                sequence.tokenIds(),
                sequence.promptLength(),
                filled(sequence.completionTokens(), 1f),
                logprobs == null ? null : logprobs.get(i),
                sequence.seed(),
                sequences.get(i).preference()));
      }
      return samples;
    }

    private List<float[]> referenceLogprobs(ResidentModels.Lease policy) {
      try (ResidentModels.Lease lease = policy.reference(reference.value())) {
        return CompletionLogprobs.of(
            lease.model(),
            sequences.stream().map(LabelledSequence::sequence).toList(),
            tokensPerMicroBatch);
      }
    }
  }

  private static float[] filled(int length, float value) {
    float[] array = new float[length];
    Arrays.fill(array, value);
    return array;
  }
}
