package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Half-precision activations with parameters and gradients of 32 bits; meant for GPUs, but the CPU
 * has them too.
 */
class ComputeTypeTest {

  @ParameterizedTest
  @CsvSource({"BFLOAT16,true,0.2", "BFLOAT16,false,0.2", "FLOAT16,true,0.03"})
  void staysNearSinglePrecision(ComputeDevice.ComputeType type, boolean tied, float tolerance) {
    Architecture architecture = tied ? TestModels.TIED : TestModels.FULL;
    FlatWeights weights = TestModels.randomWeights(architecture, 5);
    Layout layout = Layout.of(architecture);
    Random random = new Random(2);
    int[] prompt = TestModels.randomIds(architecture, 5, random);
    List<SequenceKey> keys = IntStream.range(0, 6).mapToObj(i -> new SequenceKey(0, i)).toList();
    SamplingSettings sampling = new SamplingSettings(1, 0, 1, 0, 1, 12, new int[0], 4);
    try (LanguageModel single = TestModels.load(architecture, weights);
        LanguageModel half =
            LanguageModel.load(architecture, layout, weights, new ComputeDevice(-1, type))) {
      List<Completion> completions = half.generate(List.of(prompt), keys, sampling);
      List<TrainingSample> samples =
          completions.stream().map(completion -> sample(prompt, completion)).toList();
      List<int[]> rows = samples.stream().map(TrainingSample::tokenIds).toList();
      List<float[]> halfLogprobs = half.tokenLogprobs(rows, 1, 100);
      List<float[]> singleLogprobs = single.tokenLogprobs(rows, 1, 100);
      for (int i = 0; i < rows.size(); i++) {
        for (int t = 0; t < halfLogprobs.get(i).length; t++) {
          assertThat(halfLogprobs.get(i)[t]).isCloseTo(singleLogprobs.get(i)[t], within(tolerance));
        }
        for (int t = 0; t < 12; t++) {
          assertThat(completions.get(i).logprobs()[t])
              .isCloseTo(singleLogprobs.get(i)[prompt.length - 1 + t], within(tolerance));
        }
      }
      LossSettings loss = LossSettings.supervised(Aggregation.TOKEN_MEAN, 72, 1);
      float[] actual = half.policyGradient(samples, loss, 100).gradient().chunks()[0];
      float[] expected = single.policyGradient(samples, loss, 100).gradient().chunks()[0];
      assertThat(cosine(actual, expected)).isGreaterThan(0.99);
    }
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squaresA += (double) a[i] * a[i];
      squaresB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squaresA * squaresB);
  }

  private static TrainingSample sample(int[] prompt, Completion completion) {
    int length = completion.tokenIds().length;
    int[] ids = Arrays.copyOf(prompt, prompt.length + length);
    System.arraycopy(completion.tokenIds(), 0, ids, prompt.length, length);
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return new TrainingSample(ids, prompt.length, ones, null, null, null, null);
  }
}
