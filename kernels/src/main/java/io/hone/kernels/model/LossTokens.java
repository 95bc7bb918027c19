package io.hone.kernels.model;

import io.hone.conf.MismatchConfig.Correction;
import io.hone.kernels.program.ProgramCall;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The tokens of a micro-batch that count in the loss, one after the other: where each is read, what
 * it is, what is known of it and which of the {@code sequences} rows it belongs to.
 */
@SuppressWarnings("ArrayRecordComponent") // columns handed to a program; never compared
record LossTokens(
    long[] positions,
    long[] targets,
    float[] weights,
    float[] advantages,
    float[] oldLogprobs,
    float[] referenceLogprobs,
    float[] samplerLogprobs,
    float[] oldValues,
    float[] returns,
    long[] sequence,
    int sequences) {
  private static final float[] NONE = {};

  /** Without anything for a value head. */
  LossTokens(
      long[] positions,
      long[] targets,
      float[] weights,
      float[] advantages,
      float[] oldLogprobs,
      float[] referenceLogprobs,
      float[] samplerLogprobs,
      long[] sequence,
      int sequences) {
    this(
        positions,
        targets,
        weights,
        advantages,
        oldLogprobs,
        referenceLogprobs,
        samplerLogprobs,
        NONE,
        NONE,
        sequence,
        sequences);
  }

  /**
   * Checks that samples can be learned from together.
   *
   * @throws IllegalArgumentException if the loss needs numbers that samples lack, or only some
   *     samples have them
   */
  static void check(List<TrainingSample> samples, LossSettings loss) {
    boolean policy = loss.kind() == LossKind.POLICY;
    check(samples, "advantages", TrainingSample::advantages, policy);
    check(samples, "targets", LossTokens::values, loss.value() != null);
    check(samples, "oldLogprobs", TrainingSample::oldLogprobs, false);
    check(
        samples,
        "referenceLogprobs",
        TrainingSample::referenceLogprobs,
        policy && loss.kl().coefficient() != 0);
    check(
        samples,
        "samplerLogprobs",
        TrainingSample::samplerLogprobs,
        policy && loss.policy().mismatch().correction() != Correction.NONE);
  }

  private static float[] values(TrainingSample sample) {
    return sample.targets() == null ? null : sample.targets().values();
  }

  private static float[] returns(TrainingSample sample) {
    return sample.targets() == null ? null : sample.targets().returns();
  }

  private static void check(
      List<TrainingSample> samples,
      String name,
      Function<TrainingSample, float[]> values,
      boolean required) {
    long present = samples.stream().filter(sample -> values.apply(sample) != null).count();
    if (present != samples.size() && (required || present != 0)) {
      throw new IllegalArgumentException(
          name
              + ": "
              + present
              + " of "
              + samples.size()
              + " samples have them (expected: "
              + (required ? "all, because the loss reads them)" : "all or none)"));
    }
  }

  /**
   * Gathers the tokens under the mask.
   *
   * @param samples rows of the micro-batch
   * @param length tokens of a padded row
   * @param tokenWeight the weight of each token of a sample
   */
  static LossTokens of(
      List<TrainingSample> samples, int length, ToDoubleFunction<TrainingSample> tokenWeight) {
    int count = samples.stream().mapToInt(LossTokens::masked).sum();
    long[] positions = new long[count];
    long[] targets = new long[count];
    float[] weights = new float[count];
    long[] sequence = new long[count];
    int next = 0;
    for (int row = 0; row < samples.size(); row++) {
      TrainingSample sample = samples.get(row);
      float weight = (float) tokenWeight.applyAsDouble(sample);
      for (int i = 0; i < sample.lossMask().length; i++) {
        if (sample.lossMask()[i] != 0) {
          positions[next] = (long) row * length + sample.promptLength() + i - 1;
          targets[next] = sample.tokenIds()[sample.promptLength() + i];
          weights[next] = weight;
          sequence[next] = row;
          next++;
        }
      }
    }
    return new LossTokens(
        positions,
        targets,
        weights,
        column(samples, TrainingSample::advantages, count),
        column(samples, TrainingSample::oldLogprobs, count),
        column(samples, TrainingSample::referenceLogprobs, count),
        column(samples, TrainingSample::samplerLogprobs, count),
        column(samples, LossTokens::values, count),
        column(samples, LossTokens::returns, count),
        sequence,
        samples.size());
  }

  int count() {
    return positions.length;
  }

  void add(ProgramCall call) {
    call.longs("positions", positions, positions.length)
        .longs("targets", targets, targets.length)
        .floats("token_weights", weights, weights.length)
        .floats("advantages", advantages, advantages.length)
        .floats("old_logprobs", oldLogprobs, oldLogprobs.length)
        .floats("reference_logprobs", referenceLogprobs, referenceLogprobs.length)
        .floats("sampler_logprobs", samplerLogprobs, samplerLogprobs.length)
        .floats("old_values", oldValues, oldValues.length)
        .floats("returns", returns, returns.length)
        .longs("sequence", sequence, sequence.length)
        .integer("sequences", sequences);
  }

  /** Tokens of a sample that count in the loss. */
  static int masked(TrainingSample sample) {
    int count = 0;
    for (float mask : sample.lossMask()) {
      if (mask != 0) {
        count++;
      }
    }
    return count;
  }

  private static float[] column(
      List<TrainingSample> samples, Function<TrainingSample, float[]> values, int count) {
    if (samples.isEmpty() || values.apply(samples.get(0)) == null) {
      return NONE;
    }
    float[] column = new float[count];
    int next = 0;
    for (TrainingSample sample : samples) {
      float[] row = values.apply(sample);
      for (int i = 0; i < row.length; i++) {
        if (sample.lossMask()[i] != 0) {
          column[next++] = row[i];
        }
      }
    }
    return column;
  }
}
