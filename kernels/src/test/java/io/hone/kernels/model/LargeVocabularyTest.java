package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.LossType;
import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.Head;
import io.hone.kernels.checkpoint.RopeScaling;
import io.hone.kernels.program.ResidentMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * With Qwen's vocabulary and 4,096 tokens in a micro-batch, nothing is as large as tokens times
 * vocabulary: resident memory rises by the logits of a chunk of tokens, and by less than one byte
 * for each token and entry of the vocabulary, so that not even a mask of them finds room. Logits of
 * all tokens would take four.
 */
class LargeVocabularyTest {
  private static final int VOCABULARY = 151_936;
  private static final int ROWS = 8;
  private static final int LENGTH = 512;
  private static final long TOKENS = ROWS * LENGTH;
  private static final long ONE_BYTE_EACH = TOKENS * VOCABULARY;
  private static final long CHUNK = (long) LogitsChunk.rows(VOCABULARY) * VOCABULARY * Float.BYTES;

  /** Pages are counted for each processor and added up now and then. */
  private static final long SLACK = 8 << 20;

  private static final Architecture MODEL =
      new Architecture(
          Family.QWEN2,
          VOCABULARY,
          8,
          16,
          1,
          2,
          1,
          4,
          LENGTH,
          1e-6f,
          new RopeScaling.Default(10_000),
          true,
          true,
          false,
          false);

  private static ResidentMemory memory;

  @BeforeAll
  static void openMemory() {
    try {
      memory = new ResidentMemory();
    } catch (UserException absent) {
      assumeTrue(false, absent.getMessage());
    }
  }

  /** Here and with the other losses of tokens, there is one pass over the chunks. */
  @Test
  void aLossOfTokensHoldsTheLogitsOfAChunk() {
    LossSettings loss =
        new LossSettings(
            LossKind.POLICY,
            0.9f,
            PolicyLoss.of(LossType.CLIP, 0.2, 0.2),
            KlTerm.NONE,
            0.01,
            Aggregation.TOKEN_MEAN,
            TOKENS,
            1);
    assertThat(riseOfGradient(MODEL, loss)).isBetween(CHUNK - SLACK, ONE_BYTE_EACH);
  }

  /** Here and with GSPO and its like, a first pass finds the log-probabilities of sequences. */
  @Test
  void aLossOfSequencesHoldsTheLogitsOfAChunk() {
    PreferenceSettings loss =
        new PreferenceSettings(
            PreferenceLoss.of(PreferenceConfigs.of("{loss: dpo, nll-coefficient: 1}")),
            1,
            ROWS / 2.0,
            TOKENS / 2.0,
            0);
    assertThat(riseOfGradient(MODEL, loss)).isBetween(CHUNK - SLACK, ONE_BYTE_EACH);
  }

  @Test
  void logprobsHoldTheLogitsOfAChunk() {
    try (LanguageModel model = load(MODEL)) {
      assertThat(memory.rise(() -> model.tokenLogprobs(rows(), 0.9f, TOKENS)))
          .isBetween(CHUNK - SLACK, ONE_BYTE_EACH);
    }
  }

  @Test
  void aCriticHoldsNoLogits() {
    Architecture critic = MODEL.withHead(Head.VALUE);
    LossSettings loss = LossSettings.critic(new ValueLoss(1, 0.2), TOKENS);
    assertThat(riseOfGradient(critic, loss)).isLessThan(CHUNK);
    try (LanguageModel model = load(critic)) {
      assertThat(memory.rise(() -> model.tokenValues(rows(), TOKENS))).isLessThan(CHUNK);
    }
  }

  private static long riseOfGradient(Architecture architecture, Objective objective) {
    List<TrainingSample> samples = samples();
    try (LanguageModel model = load(architecture)) {
      return memory.rise(() -> model.policyGradient(samples, objective, TOKENS));
    }
  }

  private static LanguageModel load(Architecture architecture) {
    return TestModels.load(architecture, TestModels.randomWeights(architecture, 1));
  }

  private static List<int[]> rows() {
    return samples().stream().map(TrainingSample::tokenIds).toList();
  }

  /** One micro-batch of pairs with everything that a loss may read. */
  private static List<TrainingSample> samples() {
    Random random = new Random(2);
    float[] ones = new float[LENGTH - 1];
    Arrays.fill(ones, 1);
    return IntStream.range(0, ROWS)
        .mapToObj(
            row ->
                new TrainingSample(
                    TestModels.randomIds(MODEL, LENGTH, random),
                    1,
                    ones,
                    ones,
                    null,
                    ones,
                    ones,
                    new ValueTargets(ones, ones),
                    row,
                    row % 2 == 0 ? Preference.CHOSEN : Preference.REJECTED))
        .toList();
  }
}
