package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.LossType;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Head;
import io.hone.kernels.checkpoint.HeadChange;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.TensorSpec;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values, and the gradient of the value loss, on a backbone of their own and on the policy's. */
class ValueHeadTest {
  private static final long EVERYTHING = 1 << 20;
  private static final ValueLoss CLIPPED = new ValueLoss(0.7, 0.3);

  @ParameterizedTest
  @EnumSource(
      value = Head.class,
      names = {"VALUE", "LANGUAGE_AND_VALUE"})
  void theGradientAgreesWithFiniteDifferences(Head head) {
    for (Architecture backbone : List.of(TestModels.FULL, TestModels.TIED)) {
      Architecture architecture = backbone.withHead(head);
      FiniteDifferences.checkEveryTensor(
          architecture, loss(head, 20), samples(architecture, 4), 0.005, 5e-3);
    }
  }

  @Test
  void theLossOfBothHeadsIsTheSumOfTheirLosses() {
    Architecture both = TestModels.FULL.withHead(Head.LANGUAGE_AND_VALUE);
    Architecture critic = TestModels.FULL.withHead(Head.VALUE);
    FlatWeights weights = TestModels.randomWeights(both, 5);
    List<TrainingSample> samples = samples(both, 4);
    try (LanguageModel shared = TestModels.load(both, weights);
        LanguageModel policy =
            TestModels.load(
                TestModels.FULL,
                FlatWeights.copyOf(HeadChange.of(both, weights, TestModels.FULL, 0)));
        LanguageModel values =
            TestModels.load(critic, FlatWeights.copyOf(HeadChange.of(both, weights, critic, 0)))) {
      Gradient joint =
          shared.policyGradient(samples, loss(Head.LANGUAGE_AND_VALUE, 20), EVERYTHING);
      Gradient policyAlone = policy.policyGradient(samples, policyLoss(20, null), EVERYTHING);
      Gradient valueAlone =
          values.policyGradient(samples, LossSettings.critic(CLIPPED, 20), EVERYTHING);

      assertThat(joint.statistics().loss())
          .isCloseTo(
              policyAlone.statistics().loss() + valueAlone.statistics().loss(), within(1e-6));
      assertThat(joint.statistics().valueLoss()).isEqualTo(valueAlone.statistics().loss());
      assertThat(joint.statistics().valueClipped())
          .isEqualTo(valueAlone.statistics().valueClipped())
          .isPositive();
      for (TensorSpec tensor : Layout.of(both).tensors()) {
        float[] expected = add(TestModels.FULL, policyAlone, critic, valueAlone, tensor);
        float[] found = slice(joint.gradient(), tensor);
        for (int i = 0; i < found.length; i++) {
          assertThat(found[i]).as(tensor.name()).isCloseTo(expected[i], within(2e-5f));
        }
      }
    }
  }

  @Test
  void theGradientDoesNotDependOnMicroBatchesTasksOrWhatIsKept() {
    Architecture architecture = TestModels.FULL.withHead(Head.VALUE);
    List<TrainingSample> samples = samples(architecture, 9);
    LossSettings loss = LossSettings.critic(CLIPPED, 45);
    FlatWeights weights = TestModels.randomWeights(architecture, 5);
    try (LanguageModel model = TestModels.load(architecture, weights)) {
      float[] whole = model.policyGradient(samples, loss, EVERYTHING).gradient().chunks()[0];
      float[] single = model.policyGradient(samples, loss, 1).gradient().chunks()[0];
      FlatWeights tasks =
          FlatWeights.sum(
              List.of(
                  model.policyGradient(samples.subList(0, 4), loss, 40).gradient(),
                  model.policyGradient(samples.subList(4, 9), loss, 40).gradient()));
      for (int i = 0; i < whole.length; i++) {
        assertThat(single[i]).isCloseTo(whole[i], within(2e-6f));
        assertThat(tasks.chunks()[0][i]).isCloseTo(whole[i], within(2e-6f));
      }
    }
    Layout layout = Layout.of(architecture);
    Backend backend = TorchScriptBackend.cpu();
    try (DecoderTensors decoder =
        new DecoderTensors(backend, architecture, layout, ComputeDevice.ComputeType.FLOAT32)) {
      decoder.write(weights);
      List<Long> fingerprints = new ArrayList<>();
      for (long kept : new long[] {Long.MAX_VALUE, 0}) {
        fingerprints.add(
            new PolicyGradient(backend, decoder, architecture, layout, kept, 256)
                .run(samples, loss, 100)
                .gradient()
                .fingerprint());
      }
      assertThat(fingerprints.get(1)).isEqualTo(fingerprints.get(0));
    }
  }

  /** At the weights that the old values are of, clipping never matters. */
  @Test
  void theFirstUpdateOfAStepIsNotClipped() {
    Architecture architecture = TestModels.TIED.withHead(Head.VALUE);
    try (LanguageModel model =
        TestModels.load(architecture, TestModels.randomWeights(architecture, 5))) {
      List<TrainingSample> samples = new ArrayList<>();
      double squares = 0;
      int tokens = 0;
      for (TrainingSample sample : samples(architecture, 5)) {
        float[] all = model.tokenValues(List.of(sample.tokenIds()), 1).get(0);
        float[] values =
            Arrays.copyOfRange(all, sample.promptLength() - 1, sample.tokenIds().length - 1);
        float[] returns = sample.targets().returns();
        for (int i = 0; i < values.length; i++) {
          squares += Math.pow(values[i] - returns[i], 2) * sample.lossMask()[i];
          tokens += (int) sample.lossMask()[i];
        }
        samples.add(withTargets(sample, new ValueTargets(values, returns)));
      }
      LossSettings loss = LossSettings.critic(new ValueLoss(1, 1e-4), tokens);

      LossStatistics statistics = model.policyGradient(samples, loss, EVERYTHING).statistics();

      assertThat(statistics.valueClipped()).isZero();
      assertThat(statistics.loss()).isCloseTo(squares / tokens / 2, within(1e-5));
      assertThat(statistics.tokens()).isEqualTo(tokens);
    }
  }

  @Test
  void valuesDoNotDependOnTheRowsBesideThem() {
    Architecture architecture = TestModels.FULL.withHead(Head.VALUE);
    Random random = new Random(3);
    List<int[]> rows = new ArrayList<>();
    for (int length : new int[] {7, 1, 12, 4}) {
      rows.add(TestModels.randomIds(architecture, length, random));
    }
    try (LanguageModel model =
        TestModels.load(architecture, TestModels.randomWeights(architecture, 5))) {
      List<float[]> together = model.tokenValues(rows, EVERYTHING);
      for (int row = 0; row < rows.size(); row++) {
        assertThat(together.get(row)).hasSize(rows.get(row).length);
        float[] alone = model.tokenValues(List.of(rows.get(row)), 1).get(0);
        assertThat(together.get(row)).containsExactly(alone, within(1e-5f));
        float[] prefix = model.tokenValues(List.of(Arrays.copyOf(rows.get(row), 1)), 1).get(0);
        assertThat(alone[0]).isCloseTo(prefix[0], within(1e-5f));
      }
    }
  }

  @Test
  void aModelWithoutAHeadHasNoValues() {
    try (LanguageModel model =
        TestModels.load(TestModels.TIED, TestModels.randomWeights(TestModels.TIED, 5))) {
      assertThatThrownBy(() -> model.tokenValues(List.of(new int[] {1, 2}), 8))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no value head");
    }
  }

  private static LossSettings loss(Head head, double tokens) {
    return head == Head.VALUE ? LossSettings.critic(CLIPPED, tokens) : policyLoss(tokens, CLIPPED);
  }

  private static LossSettings policyLoss(double tokens, ValueLoss value) {
    return new LossSettings(
        LossKind.POLICY,
        1.3f,
        PolicyLoss.of(LossType.CLIP, 0.2, 0.3),
        KlTerm.NONE,
        0.05,
        Aggregation.TOKEN_MEAN,
        tokens,
        1,
        value);
  }

  private static List<TrainingSample> samples(Architecture architecture, int count) {
    Random random = new Random(11);
    List<TrainingSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int prompt = 1 + random.nextInt(4);
      int completion = 2 + random.nextInt(6);
      float[] mask = new float[completion];
      float[] advantages = new float[completion];
      float[] old = new float[completion];
      float[] values = new float[completion];
      float[] returns = new float[completion];
      for (int token = 0; token < completion; token++) {
        mask[token] = token == 0 || random.nextInt(4) > 0 ? 1 : 0;
        advantages[token] = (float) random.nextGaussian();
        old[token] = (float) (-3 + 0.3 * random.nextGaussian());
        values[token] = (float) random.nextGaussian();
        returns[token] = (float) random.nextGaussian();
      }
      samples.add(
          new TrainingSample(
              TestModels.randomIds(architecture, prompt + completion, random),
              prompt,
              mask,
              advantages,
              old,
              null,
              null,
              new ValueTargets(values, returns),
              0));
    }
    return samples;
  }

  private static TrainingSample withTargets(TrainingSample sample, ValueTargets targets) {
    return new TrainingSample(
        sample.tokenIds(),
        sample.promptLength(),
        sample.lossMask(),
        sample.advantages(),
        null,
        null,
        null,
        targets,
        0);
  }

  private static float[] add(
      Architecture policy,
      Gradient ofPolicy,
      Architecture critic,
      Gradient ofValues,
      TensorSpec tensor) {
    float[] sum = new float[(int) tensor.size()];
    add(sum, Layout.of(policy), ofPolicy, tensor.name());
    add(sum, Layout.of(critic), ofValues, tensor.name());
    return sum;
  }

  private static void add(float[] sum, Layout layout, Gradient gradient, String name) {
    if (layout.contains(name)) {
      float[] part = slice(gradient.gradient(), layout.tensor(name));
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
  }

  private static float[] slice(FlatWeights weights, TensorSpec tensor) {
    float[] slice = new float[(int) tensor.size()];
    weights.copyTo(tensor.offset(), slice, 0, slice.length);
    return slice;
  }
}
