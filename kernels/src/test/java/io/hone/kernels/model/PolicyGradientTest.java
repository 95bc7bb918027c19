package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.KlEstimator;
import io.hone.conf.LossConfig.LossType;
import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forward and backward through whole models. */
class PolicyGradientTest {
  private static final long EVERYTHING = 1_000_000;

  /**
   * Every tensor's gradient, entropy and KL terms included, against differences of the loss along a
   * random direction.
   */
  @Test
  void agreesWithFiniteDifferencesForEveryTensor() {
    Architecture architecture = TestModels.FULL;
    LossSettings loss =
        new LossSettings(
            LossKind.POLICY,
            0.8f,
            PolicyLoss.of(LossType.CLIP, 0.2, 0.3),
            new KlTerm(0.1, KlEstimator.K3, false, false),
            0.05,
            Aggregation.SEQUENCE_MEAN_TOKEN_MEAN,
            4,
            1);
    FiniteDifferences.checkEveryTensor(
        architecture, loss, samples(architecture, 4, true), 0.01, 3e-3);
  }

  @Test
  void agreesWithFiniteDifferencesForTiedEmbeddings() {
    LossSettings loss = LossSettings.supervised(Aggregation.TOKEN_MEAN, 20, 1);
    FiniteDifferences.checkEveryTensor(
        TestModels.TIED, loss, samples(TestModels.TIED, 3, false), 0.01, 3e-3);
  }

  @ParameterizedTest
  @EnumSource(Aggregation.class)
  void doesNotDependOnMicroBatchesOrTasks(Aggregation aggregation) {
    Architecture architecture = TestModels.FULL;
    List<TrainingSample> samples = samples(architecture, 12, true);
    LossSettings loss = policy(aggregation, aggregation == Aggregation.TOKEN_MEAN ? 60 : 12);
    try (LanguageModel model =
        TestModels.load(architecture, TestModels.randomWeights(architecture, 5))) {
      Gradient whole = model.policyGradient(samples, loss, EVERYTHING);
      Gradient single = model.policyGradient(samples, loss, 1);
      Gradient first = model.policyGradient(samples.subList(0, 5), loss, 40);
      Gradient second = model.policyGradient(samples.subList(5, 12), loss, 40);
      float[] expected = whole.gradient().chunks()[0];
      float tolerance = 1e-6f * Math.max(1, largest(expected)); // sums of tokens are large
      for (int i = 0; i < expected.length; i++) {
        assertThat(single.gradient().chunks()[0][i]).isCloseTo(expected[i], within(tolerance));
        assertThat(first.gradient().chunks()[0][i] + second.gradient().chunks()[0][i])
            .isCloseTo(expected[i], within(tolerance));
      }
      LossStatistics sum = first.statistics().plus(second.statistics());
      double total = whole.statistics().loss();
      assertThat(sum.loss()).isCloseTo(total, within(1e-6 * Math.max(1, Math.abs(total))));
      assertThat(sum.tokens()).isEqualTo(whole.statistics().tokens());
      assertThat(sum.entropy()).isCloseTo(whole.statistics().entropy(), within(1e-3));
      assertThat(sum.maximumRatio()).isCloseTo(whole.statistics().maximumRatio(), within(1e-4));
    }
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void givesTheSameBitsAgain() {
    Architecture architecture = TestModels.TIED;
    List<TrainingSample> samples = samples(architecture, 9, true);
    LossSettings loss = policy(Aggregation.TOKEN_MEAN, 45);
    FlatWeights weights = TestModels.randomWeights(architecture, 5);
    try (LanguageModel one = TestModels.load(architecture, weights);
        LanguageModel other = TestModels.load(architecture, weights)) {
      long fingerprint = one.policyGradient(samples, loss, 100).gradient().fingerprint();
      one.policyGradient(samples.subList(0, 2), loss, 30);
      assertThat(one.policyGradient(samples, loss, 100).gradient().fingerprint())
          .isEqualTo(fingerprint);
      assertThat(other.policyGradient(samples, loss, 100).gradient().fingerprint())
          .isEqualTo(fingerprint);
    }
  }

  @Test
  void computingLayersAgainGivesTheSameBits() {
    Architecture architecture = TestModels.FULL;
    Layout layout = Layout.of(architecture);
    List<TrainingSample> samples = samples(architecture, 9, true);
    LossSettings loss = policy(Aggregation.TOKEN_MEAN, 45);
    Backend backend = TorchScriptBackend.cpu();
    try (DecoderTensors decoder =
        new DecoderTensors(backend, architecture, layout, ComputeDevice.ComputeType.FLOAT32)) {
      decoder.write(TestModels.randomWeights(architecture, 5));
      long kept =
          new PolicyGradient(backend, decoder, architecture, layout, Long.MAX_VALUE, 256)
              .run(samples, loss, 100)
              .gradient()
              .fingerprint();
      long recomputed =
          new PolicyGradient(backend, decoder, architecture, layout, 0, 256)
              .run(samples, loss, 100)
              .gradient()
              .fingerprint();
      assertThat(recomputed).isEqualTo(kept);
    }
  }

  @Test
  void withoutOldLogprobsTheRatioIsOneAndNothingIsClipped() {
    Architecture architecture = TestModels.TIED;
    List<TrainingSample> samples = samples(architecture, 5, false);
    try (LanguageModel model =
        TestModels.load(architecture, TestModels.randomWeights(architecture, 5))) {
      LossStatistics statistics =
          model.policyGradient(samples, policy(Aggregation.TOKEN_MEAN, 25), 100).statistics();
      assertThat(statistics.ratio()).isEqualTo(statistics.tokens());
      assertThat(statistics.maximumRatio()).isEqualTo(1);
      assertThat(statistics.clipped()).isZero();
      assertThat(statistics.approximateKl()).isZero();
      assertThat(statistics.approximateKlK3()).isZero();
    }
  }

  /** Statistics of tokens agree with log-probabilities computed on their own. */
  @Test
  void reportsMismatchWithTheSampler() {
    Architecture architecture = TestModels.FULL;
    List<TrainingSample> samples = samples(architecture, 3, false);
    try (LanguageModel model =
        TestModels.load(architecture, TestModels.randomWeights(architecture, 5))) {
      List<TrainingSample> recorded = new ArrayList<>();
      double absolute = 0;
      double largest = 0;
      double signed = 0;
      Random random = new Random(3);
      for (TrainingSample sample : samples) {
        float[] row = model.tokenLogprobs(List.of(sample.tokenIds()), 1, 100).get(0);
        float[] own = Arrays.copyOfRange(row, sample.promptLength() - 1, row.length);
        for (int i = 0; i < own.length; i++) {
          if (sample.lossMask()[i] != 0) {
            float off = (float) random.nextGaussian() / 8;
            own[i] -= off;
            absolute += Math.abs(off);
            signed += off;
            largest = Math.max(largest, Math.abs(off));
          }
        }
        recorded.add(
            new TrainingSample(
                sample.tokenIds(),
                sample.promptLength(),
                sample.lossMask(),
                sample.advantages(),
                null,
                null,
                own));
      }
      LossStatistics statistics = model.policyGradient(recorded, plain(25), 100).statistics();
      assertThat(statistics.mismatchTokens()).isEqualTo(statistics.tokens());
      assertThat(statistics.absoluteMismatch()).isCloseTo(absolute, within(1e-4));
      assertThat(statistics.mismatch()).isCloseTo(signed, within(1e-4));
      assertThat(statistics.maximumAbsoluteMismatch()).isCloseTo(largest, within(1e-5));
    }
  }

  @Test
  void nothingToLearnIsAZeroGradient() {
    Architecture architecture = TestModels.TIED;
    try (LanguageModel model =
        TestModels.load(architecture, TestModels.randomWeights(architecture, 5))) {
      TrainingSample masked =
          new TrainingSample(
              new int[] {1, 2, 3}, 1, new float[2], new float[] {1, 1}, null, null, null);
      Gradient gradient = model.policyGradient(List.of(masked), plain(1), 100);
      assertThat(gradient.gradient().chunks()[0]).containsOnly(0);
      assertThat(gradient.statistics()).isEqualTo(LossStatistics.NONE);
    }
  }

  @Test
  void refusesWhatTheModelCannotRead() {
    Architecture architecture = TestModels.TIED;
    try (LanguageModel model =
        TestModels.load(architecture, TestModels.randomWeights(architecture, 5))) {
      LossSettings loss = plain(1);
      assertThatThrownBy(() -> model.policyGradient(List.of(sample(new int[] {1, 99})), loss, 100))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("token id 99")
          .hasMessageContaining("0 to 22");
      assertThatThrownBy(() -> model.policyGradient(List.of(sample(new int[49])), loss, 100))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("49 tokens")
          .hasMessageContaining("48");
      assertThatThrownBy(
              () ->
                  model.policyGradient(
                      List.of(sample(new int[] {1, 2})), policy(Aggregation.TOKEN_MEAN, 1), 100))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("referenceLogprobs");
    }
  }

  private static TrainingSample sample(int[] ids) {
    float[] ones = new float[ids.length - 1];
    Arrays.fill(ones, 1);
    return new TrainingSample(ids, 1, ones, ones, null, null, null);
  }

  private static LossSettings policy(Aggregation aggregation, double normalizer) {
    return new LossSettings(
        LossKind.POLICY,
        1,
        PolicyLoss.of(LossType.CLIP, 0.2, 0.2),
        new KlTerm(0.05, KlEstimator.K2, false, false),
        0.01,
        aggregation,
        normalizer,
        10);
  }

  private static LossSettings plain(double normalizer) {
    return new LossSettings(
        LossKind.POLICY,
        1,
        PolicyLoss.of(LossType.CLIP, 0.2, 0.2),
        KlTerm.NONE,
        0,
        Aggregation.TOKEN_MEAN,
        normalizer,
        1);
  }

  /** Samples of different lengths with holes in their masks. */
  private static List<TrainingSample> samples(
      Architecture architecture, int count, boolean withOld) {
    Random random = new Random(8);
    List<TrainingSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int prompt = 1 + random.nextInt(4);
      int completion = 2 + random.nextInt(9);
      int[] ids = TestModels.randomIds(architecture, prompt + completion, random);
      float[] mask = new float[completion];
      float[] advantages = new float[completion];
      float[] old = new float[completion];
      float[] reference = new float[completion];
      for (int j = 0; j < completion; j++) {
        mask[j] = j == 1 ? 0 : 1;
        advantages[j] = (float) random.nextGaussian();
        old[j] = (float) (-Math.log(architecture.vocabSize()) + random.nextGaussian() / 4);
        reference[j] = (float) (-Math.log(architecture.vocabSize()) + random.nextGaussian() / 4);
      }
      samples.add(
          new TrainingSample(ids, prompt, mask, advantages, withOld ? old : null, reference, null));
    }
    return samples;
  }
}
