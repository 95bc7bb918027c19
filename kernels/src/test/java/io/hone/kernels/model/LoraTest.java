package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.LossType;
import io.hone.kernels.checkpoint.Adapter;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.LinearModule;
import io.hone.kernels.checkpoint.LoraSettings;
import io.hone.kernels.checkpoint.TensorSpec;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models with a low-rank adapter. */
class LoraTest {
  private static final Architecture ARCHITECTURE = TestModels.FULL;
  private static final FlatWeights BASE = TestModels.randomWeights(ARCHITECTURE, 5);
  private static final LoraSettings ALL = lora(0, LinearModule.values());
  private static final long KEEP = Long.MAX_VALUE;
  private static final long RECOMPUTE = 0;

  /** Every A and B against differences of the loss along a random direction. */
  @ParameterizedTest
  @CsvSource({"0, true", "0, false", "0.3, true", "0.3, false"})
  void agreesWithFiniteDifferences(double dropout, boolean recompute) {
    LoraSettings lora = lora(dropout, LinearModule.values());
    List<TrainingSample> samples = samples(4);
    float[] weights = randomAdapter(lora).weights().chunks()[0];
    Random random = new Random(6);
    try (Device device = new Device(lora, recompute ? RECOMPUTE : KEEP)) {
      float[] gradient = device.gradient(weights, samples, EVERYTHING).gradient().chunks()[0];
      assertThat(gradient).hasSize(weights.length);
      for (TensorSpec tensor : Layout.of(ARCHITECTURE, lora).tensors()) {
        double[] direction = unit(random.doubles(tensor.size(), -1, 1).toArray());
        double expected = 0;
        for (int i = 0; i < direction.length; i++) {
          expected += direction[i] * gradient[(int) tensor.offset() + i];
        }
        double near = device.slope(weights, tensor, direction, 0.01, samples);
        double far = device.slope(weights, tensor, direction, 0.02, samples);
        // Richardson: the error of a central difference is quadratic in its step.
        assertThat((4 * near - far) / 3)
            .as(tensor.name())
            .isCloseTo(expected, within(3e-3 * Math.max(0.02, Math.abs(expected))));
      }
    }
  }

  @Test
  void computingLayersAgainDrawsTheSameMasks() {
    LoraSettings lora = lora(0.3, LinearModule.values());
    float[] weights = randomAdapter(lora).weights().chunks()[0];
    try (Device keeping = new Device(lora, KEEP);
        Device recomputing = new Device(lora, RECOMPUTE)) {
      assertThat(recomputing.gradient(weights, samples(9), 100).gradient().fingerprint())
          .isEqualTo(keeping.gradient(weights, samples(9), 100).gradient().fingerprint());
    }
  }

  @Test
  void masksFollowTheKeysOfSamples() {
    LoraSettings lora = lora(0.3, LinearModule.values());
    float[] weights = randomAdapter(lora).weights().chunks()[0];
    List<TrainingSample> samples = samples(3);
    List<TrainingSample> others =
        samples.stream().map(s -> s.withDropoutKey(s.dropoutKey() + 1000)).toList();
    try (Device device = new Device(lora, KEEP);
        Device sure = new Device(ALL, KEEP)) {
      assertThat(device.gradient(weights, others, 100).statistics().loss())
          .isNotEqualTo(device.gradient(weights, samples, 100).statistics().loss());
      assertThat(sure.gradient(weights, others, 100).gradient().fingerprint())
          .isEqualTo(sure.gradient(weights, samples, 100).gradient().fingerprint());
    }
  }

  /** Inverted dropout keeps the mean: over many keys the loss comes near that without dropout. */
  @Test
  void dropoutKeepsTheMean() {
    LoraSettings lora = lora(0.1, LinearModule.DOWN);
    float[] weights = randomAdapter(lora).weights().chunks()[0];
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= 0.1f;
    }
    TrainingSample sample = samples(1).get(0);
    try (Device device = new Device(lora, KEEP);
        Device sure = new Device(lora(0, LinearModule.DOWN), KEEP)) {
      double expected = sure.gradient(weights, List.of(sample), 100).statistics().logprob();
      double[] drawn =
          IntStream.range(0, 400)
              .mapToDouble(
                  key ->
                      device
                          .gradient(weights, List.of(sample.withDropoutKey(key)), 100)
                          .statistics()
                          .logprob())
              .toArray();
      double mean = Arrays.stream(drawn).average().orElseThrow();
      double deviation =
          Math.sqrt(Arrays.stream(drawn).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
      assertThat(deviation).isPositive();
      assertThat(mean).isCloseTo(expected, within(4 * deviation / 20));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3})
  void doesNotDependOnMicroBatchesOrTasks(double dropout) {
    LoraSettings lora = lora(dropout, LinearModule.values());
    float[] weights = randomAdapter(lora).weights().chunks()[0];
    List<TrainingSample> samples = samples(12);
    try (Device device = new Device(lora, KEEP)) {
      float[] whole = device.gradient(weights, samples, EVERYTHING).gradient().chunks()[0];
      float[] single = device.gradient(weights, samples, 1).gradient().chunks()[0];
      float[] first = device.gradient(weights, samples.subList(0, 5), 40).gradient().chunks()[0];
      float[] second = device.gradient(weights, samples.subList(5, 12), 40).gradient().chunks()[0];
      for (int i = 0; i < whole.length; i++) {
        assertThat(single[i]).isCloseTo(whole[i], within(1e-6f));
        assertThat(first[i] + second[i]).isCloseTo(whole[i], within(1e-6f));
      }
    }
  }

  @Test
  void aNewAdapterChangesNothing() {
    Adapter adapter = Adapter.initial(ARCHITECTURE, ALL, 3);
    List<int[]> rows = samples(5).stream().map(TrainingSample::tokenIds).toList();
    try (LanguageModel base = TestModels.load(ARCHITECTURE, BASE);
        LanguageModel adapted = base.adapted(ALL)) {
      adapted.update(adapter.weights());
      assertThat(adapted.tokenLogprobs(rows, 1, 30).toArray())
          .isEqualTo(base.tokenLogprobs(rows, 1, 30).toArray());
      Completion expected = sample(base);
      Completion actual = sample(adapted);
      assertThat(actual.tokenIds()).isEqualTo(expected.tokenIds());
      assertThat(actual.logprobs()).isEqualTo(expected.logprobs());
      double loss = base.policyGradient(samples(5), loss(5), 100).statistics().loss();
      Gradient gradient = adapted.policyGradient(samples(5), loss(5), 100);
      assertThat(gradient.statistics().loss()).isEqualTo(loss);
      assertThat(gradient.gradient().size()).isEqualTo(Layout.of(ARCHITECTURE, ALL).size());
      // With B zero, only B has a gradient.
      for (TensorSpec tensor : Layout.of(ARCHITECTURE, ALL).tensors()) {
        float[] part = new float[(int) tensor.size()];
        gradient.gradient().copyTo(tensor.offset(), part, 0, part.length);
        boolean zero = IntStream.range(0, part.length).allMatch(i -> part[i] == 0);
        assertThat(zero).as(tensor.name()).isEqualTo(tensor.name().contains("lora_A"));
      }
    }
  }

  /** A step's ratio is one: the gradient's log-probabilities are those of the forward program. */
  @Test
  void theGradientSeesTheLogprobsOfTheForwardPass() {
    Adapter adapter = randomAdapter(ALL);
    List<TrainingSample> samples = samples(5);
    try (LanguageModel base = TestModels.load(ARCHITECTURE, BASE);
        LanguageModel adapted = base.adapted(ALL)) {
      adapted.update(adapter.weights());
      List<float[]> logprobs =
          adapted.tokenLogprobs(samples.stream().map(TrainingSample::tokenIds).toList(), 1, 100);
      List<TrainingSample> recorded = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        TrainingSample sample = samples.get(i);
        float[] row = logprobs.get(i);
        recorded.add(
            new TrainingSample(
                sample.tokenIds(),
                sample.promptLength(),
                sample.lossMask(),
                sample.advantages(),
                Arrays.copyOfRange(row, sample.promptLength() - 1, row.length),
                null,
                null));
      }
      LossStatistics statistics = adapted.policyGradient(recorded, loss(5), 100).statistics();
      assertThat(statistics.ratio()).isEqualTo(statistics.tokens());
      assertThat(statistics.approximateKl()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "QUERY VALUE",
    "KEY",
    "OUTPUT DOWN",
    "GATE",
    "UP",
    "QUERY KEY VALUE OUTPUT GATE UP DOWN"
  })
  void mergedWeightsGiveTheSameLogprobs(String names) {
    LoraSettings lora =
        lora(
            0.5,
            Arrays.stream(names.split(" "))
                .map(LinearModule::valueOf)
                .toArray(LinearModule[]::new));
    Adapter adapter = randomAdapter(lora);
    List<int[]> rows = samples(5).stream().map(TrainingSample::tokenIds).toList();
    FlatWeights merged = AdapterMerge.merge(ARCHITECTURE, BASE, adapter);
    try (LanguageModel base = TestModels.load(ARCHITECTURE, BASE);
        LanguageModel adapted = base.adapted(lora);
        LanguageModel plain = TestModels.load(ARCHITECTURE, merged)) {
      adapted.update(adapter.weights());
      List<float[]> expected = plain.tokenLogprobs(rows, 1, 100);
      List<float[]> actual = adapted.tokenLogprobs(rows, 1, 100);
      List<float[]> without = base.tokenLogprobs(rows, 1, 100);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(actual.get(i)).containsExactly(expected.get(i), within(1e-5f));
        assertThat(without.get(i)).isNotEqualTo(expected.get(i));
      }
    }
  }

  /** Merged for small models, beside the weights for large ones: the same distribution. */
  @ParameterizedTest
  @CsvSource({
    "true, QUERY VALUE",
    "false, QUERY VALUE",
    "false, OUTPUT UP",
    "true, QUERY KEY VALUE OUTPUT GATE UP DOWN",
    "false, QUERY KEY VALUE OUTPUT GATE UP DOWN"
  })
  void sampledTokensHaveTheLogprobsOfTheForwardPass(boolean copied, String names) {
    LoraSettings lora =
        lora(
            0.5,
            Arrays.stream(names.split(" "))
                .map(LinearModule::valueOf)
                .toArray(LinearModule[]::new));
    int[] prompt = {3, 1, 4, 1};
    Backend backend = TorchScriptBackend.cpu();
    try (DecoderTensors base = decoder(backend);
        DecoderTensors adapted = base.adapted(backend, ARCHITECTURE, lora)) {
      adapted.write(randomAdapter(lora).weights());
      List<Completion> completions =
          new Generation(backend, adapted, ARCHITECTURE, copied ? Long.MAX_VALUE : 0)
              .run(List.of(prompt), keys(), sampling());
      for (Completion completion : completions) {
        int[] row =
            IntStream.concat(Arrays.stream(prompt), Arrays.stream(completion.tokenIds())).toArray();
        float[] logprobs =
            new TokenLogprobs(backend, adapted, ARCHITECTURE).run(List.of(row), 1, 100).get(0);
        assertThat(completion.logprobs())
            .containsExactly(
                Arrays.copyOfRange(logprobs, prompt.length - 1, logprobs.length), within(2e-5f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void halfPrecisionStaysNear(ComputeDevice.ComputeType type) {
    Adapter adapter = randomAdapter(ALL);
    List<TrainingSample> samples = samples(5);
    List<int[]> rows = samples.stream().map(TrainingSample::tokenIds).toList();
    ComputeDevice device = new ComputeDevice(-1, type);
    try (LanguageModel base = TestModels.load(ARCHITECTURE, BASE);
        LanguageModel single = base.adapted(ALL);
        LanguageModel halfBase =
            LanguageModel.load(ARCHITECTURE, Layout.of(ARCHITECTURE), BASE, device);
        LanguageModel half = halfBase.adapted(ALL)) {
      single.update(adapter.weights());
      half.update(adapter.weights());
      for (int i = 0; i < rows.size(); i++) {
        assertThat(half.tokenLogprobs(rows, 1, 100).get(i))
            .containsExactly(single.tokenLogprobs(rows, 1, 100).get(i), within(0.3f));
      }
      Completion completion = sample(half);
      int[] row =
          IntStream.concat(IntStream.of(3, 1, 4), Arrays.stream(completion.tokenIds())).toArray();
      assertThat(completion.logprobs())
          .containsExactly(
              Arrays.copyOfRange(single.tokenLogprobs(List.of(row), 1, 100).get(0), 2, 14),
              within(0.3f));
      float[] actual = half.policyGradient(samples, loss(5), 100).gradient().chunks()[0];
      float[] expected = single.policyGradient(samples, loss(5), 100).gradient().chunks()[0];
      double product = 0;
      double squares = 0;
      double expectedSquares = 0;
      for (int i = 0; i < actual.length; i++) {
        product += (double) actual[i] * expected[i];
        squares += (double) actual[i] * actual[i];
        expectedSquares += (double) expected[i] * expected[i];
      }
      assertThat(product / Math.sqrt(squares * expectedSquares)).isGreaterThan(0.98);
    }
  }

  @Test
  void initialisationIsPeftsAndFollowsTheSeed() {
    Layout layout = Layout.of(ARCHITECTURE, ALL);
    FlatWeights weights = Adapter.initial(ARCHITECTURE, ALL, 3).weights();
    for (TensorSpec tensor : layout.tensors()) {
      float[] values = new float[(int) tensor.size()];
      weights.copyTo(tensor.offset(), values, 0, values.length);
      double largest =
          IntStream.range(0, values.length)
              .mapToDouble(i -> Math.abs(values[i]))
              .max()
              .orElseThrow();
      double bound =
          tensor.name().contains("lora_A") ? 1 / Math.sqrt((double) tensor.shape()[1]) : 0;
      assertThat(largest).as(tensor.name()).isBetween(0.7 * bound, bound);
    }
    assertThat(Adapter.initial(ARCHITECTURE, ALL, 3).weights().fingerprint())
        .isEqualTo(weights.fingerprint());
    assertThat(Adapter.initial(ARCHITECTURE, ALL, 4).weights().fingerprint())
        .isNotEqualTo(weights.fingerprint());
  }

  private static final long EVERYTHING = 1_000_000;

  /** Base weights and an adapter, with the bytes of activations that a backward pass may keep. */
  private static final class Device implements AutoCloseable {
    private final Backend backend = TorchScriptBackend.cpu();
    private final DecoderTensors base = decoder(backend);
    private final DecoderTensors adapted;
    private final PolicyGradient program;

    Device(LoraSettings lora, long keptActivations) {
      adapted = base.adapted(backend, ARCHITECTURE, lora);
      program =
          new PolicyGradient(
              backend, adapted, ARCHITECTURE, Layout.of(ARCHITECTURE, lora), keptActivations, 7);
    }

    Gradient gradient(float[] weights, List<TrainingSample> samples, long tokens) {
      adapted.write(FlatWeights.of(new float[][] {weights}));
      return program.run(samples, loss(12), tokens);
    }

    double slope(
        float[] weights,
        TensorSpec tensor,
        double[] direction,
        double step,
        List<TrainingSample> samples) {
      return (lossAt(weights, tensor, direction, step, samples)
              - lossAt(weights, tensor, direction, -step, samples))
          / (2 * step);
    }

    private double lossAt(
        float[] weights,
        TensorSpec tensor,
        double[] direction,
        double step,
        List<TrainingSample> samples) {
      float[] moved = weights.clone();
      for (int i = 0; i < direction.length; i++) {
        moved[(int) tensor.offset() + i] += (float) (step * direction[i]);
      }
      return gradient(moved, samples, EVERYTHING).statistics().loss();
    }

    @Override
    public void close() {
      adapted.close();
      base.close();
    }
  }

  private static DecoderTensors decoder(Backend backend) {
    DecoderTensors decoder =
        new DecoderTensors(
            backend, ARCHITECTURE, Layout.of(ARCHITECTURE), ComputeDevice.ComputeType.FLOAT32);
    decoder.write(BASE);
    return decoder;
  }

  private static LoraSettings lora(double dropout, LinearModule... modules) {
    return new LoraSettings(3, 6, false, dropout, List.of(modules));
  }

  /** As after some training: B is not zero. */
  private static Adapter randomAdapter(LoraSettings lora) {
    Random random = new Random(9);
    float[] values = new float[(int) Layout.of(ARCHITECTURE, lora).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.15 * random.nextGaussian());
    }
    return new Adapter(lora, FlatWeights.of(new float[][] {values}));
  }

  private static Completion sample(LanguageModel model) {
    return model.generate(List.of(new int[] {3, 1, 4}), keys(), sampling()).get(0);
  }

  private static List<SequenceKey> keys() {
    return List.of(new SequenceKey(0, 1), new SequenceKey(0, 2), new SequenceKey(0, 3));
  }

  private static SamplingSettings sampling() {
    return new SamplingSettings(1, 0, 1, 0, 1, 12, new int[0], 2);
  }

  private static double[] unit(double[] direction) {
    double norm = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
    return Arrays.stream(direction).map(x -> x / norm).toArray();
  }

  /** Without clipping, whose kinks finite differences cannot see. */
  private static LossSettings loss(double normalizer) {
    return new LossSettings(
        LossKind.POLICY,
        1,
        PolicyLoss.of(LossType.CLIP, 1e3, 1e3),
        KlTerm.NONE,
        0,
        Aggregation.SEQUENCE_MEAN_TOKEN_MEAN,
        normalizer,
        1);
  }

  /** Samples of different lengths. */
  private static List<TrainingSample> samples(int count) {
    Random random = new Random(8);
    List<TrainingSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int prompt = 1 + random.nextInt(4);
      int completion = 2 + random.nextInt(9);
      int[] ids = TestModels.randomIds(ARCHITECTURE, prompt + completion, random);
      float[] mask = new float[completion];
      float[] advantages = new float[completion];
      float[] old = new float[completion];
      for (int j = 0; j < completion; j++) {
        mask[j] = 1;
        advantages[j] = (float) random.nextGaussian();
        old[j] = (float) (-Math.log(ARCHITECTURE.vocabSize()) + random.nextGaussian() / 4);
      }
      samples.add(
          new TrainingSample(ids, prompt, mask, advantages, old, null, null, null, 7919L * i));
    }
    return samples;
  }
}
