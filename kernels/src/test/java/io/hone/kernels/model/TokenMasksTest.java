package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.LossType;
import io.hone.conf.LossConfig.RatioLevel;
import io.hone.conf.MismatchConfig;
import io.hone.conf.MismatchConfig.Correction;
import io.hone.conf.SapoConfig;
import io.hone.conf.VespoConfig;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which tokens of which sequence count, by hand: those whose log-probabilities have a gradient. */
class TokenMasksTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  /** Two sequences, their tokens one after the other: of five and of three. */
  private static final long[] SEQUENCE = {0, 0, 0, 0, 0, 1, 1, 1};

  private static final float[] ADVANTAGES = {-1, -1, -1, -1, 1, -1, -1, -1};
  private static final float[] LOGPROBS = {-1, -1, -1, -1, -1, -2, -2, -2};

  @Test
  void topEntropyIsByCompletionAndTakesTheFirstOfEquals() {
    float[] entropies = {0.1f, 0.9f, 0.5f, 0.9f, 0.9f, 9, 7, 8};
    assertThat(counting(loss(NONE, 0.4, MismatchConfig.NONE), entropies, LOGPROBS))
        .containsExactly(1, 3, 5, 7);
  }

  @Test
  void offPolicySequencesCountOnlyWhereTheAdvantageIsNotNegative() {
    float[] sampler = {-0.5f, -1, -1, -1, -0.5f, -2, -2.1f, -2};
    assertThat(counting(loss(0.19, 1, MismatchConfig.NONE), new float[8], sampler))
        .containsExactly(4, 5, 6, 7);
    assertThat(counting(loss(0.21, 1, MismatchConfig.NONE), new float[8], sampler)).hasSize(8);
  }

  /** Weights are 1 but for two tokens of each sequence: 1.5 and 1.5, and 1.5 and its inverse. */
  @Test
  void mismatchMasksTokensOrSequencesOutOfBounds() {
    float log = (float) Math.log(1.5);
    float[] sampler = {-1 - log, -1 - log, -1, -1, -1, -2 - log, -2 + log, -2};
    MismatchConfig token = new MismatchConfig(Correction.TOKEN_MASK, 1.2, 0.8);
    assertThat(counting(loss(NONE, 1, token), new float[8], sampler)).containsExactly(2, 3, 4, 7);
    MismatchConfig sequence = new MismatchConfig(Correction.SEQUENCE_MASK, 1.2, 0.8);
    assertThat(counting(loss(NONE, 1, sequence), new float[8], sampler)).containsExactly(5, 6, 7);
  }

  private static PolicyLoss loss(double threshold, double share, MismatchConfig mismatch) {
    return new PolicyLoss(
        LossType.GPG,
        RatioLevel.TOKEN,
        0.2,
        0.2,
        NONE,
        NONE,
        SapoConfig.DEFAULT,
        VespoConfig.DEFAULT,
        mismatch,
        threshold,
        share);
  }

  /** Places of the tokens that count, which the statistics must count as well. */
  private static int[] counting(PolicyLoss policy, float[] entropies, float[] sampler) {
    LossSettings loss =
        new LossSettings(LossKind.POLICY, 1, policy, KlTerm.NONE, 0, Aggregation.TOKEN_MEAN, 8, 1);
    float[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
    float[] none = {};
    LossTokens tokens =
        new LossTokens(
            new long[8], new long[8], ones, ADVANTAGES, none, none, sampler, SEQUENCE, 2);
    try (ProgramCall call = new ProgramCall(TorchScriptBackend.cpu(), "policy_loss")) {
      LossInputs.add(call, loss);
      tokens.add(call);
      call.floats("logprobs", LOGPROBS, 8).floats("entropies", entropies, 8).run();
      float[] gradient = call.output("logprob_gradient").floats();
      LossStatistics statistics =
          LossStatistics.of(
              8, 2, 8, call.output("sums").doubles(), call.output("maxima").doubles());
      int[] counting = IntStream.range(0, 8).filter(i -> gradient[i] != 0).toArray();
      assertThat(statistics.masked() + statistics.mismatchBounded()).isEqualTo(8 - counting.length);
      return counting;
    }
  }
}
