package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawing one token from given logits. */
class SamplingTest {
  private static final SamplingSettings PLAIN =
      new SamplingSettings(1, 0, 1, 0, 1, 1, new int[0], 1);

  @SuppressWarnings("ArrayRecordComponent") // columns of numbers; never compared
  private record Draws(long[] tokens, float[] logprobs, float[] filteredLogprobs) {}

  /**
   * Inverse CDF against double precision, where single-precision sums over the vocabulary would be
   * off.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 256, 257, 32_000, 151_936})
  void drawsExactlyFromVocabulariesOfAnySize(int vocabulary) {
    Random random = new Random(vocabulary);
    int rows = 6;
    float[] logits = logits(rows, vocabulary, 1, random);
    double[] uniforms = random.doubles(rows).toArray();
    uniforms[0] = 0;
    uniforms[1] = Math.nextDown(1.0);
    Draws draws = sample(PLAIN, logits, uniforms);
    for (int row = 0; row < rows; row++) {
      double[] masses = masses(logits, row, vocabulary);
      double total = Arrays.stream(masses).sum();
      int token = (int) draws.tokens()[row];
      double below = Arrays.stream(masses).limit(token).sum() / total;
      double mass = masses[token] / total;
      assertThat(uniforms[row]).isBetween(below - 1e-6, below + mass + 1e-6);
      assertThat((double) draws.logprobs()[row]).isCloseTo(Math.log(mass), within(1e-5));
    }
  }

  /** Tokens without mass are never drawn, wherever the uniform number falls. */
  @Test
  void neverDrawsWhatFiltersExclude() {
    Random random = new Random(1);
    int vocabulary = 1000;
    int rows = 400;
    SamplingSettings settings = new SamplingSettings(1, 3, 1, 0, 1, 1, new int[0], 1);
    float[] logits = logits(rows, vocabulary, 4, random);
    double[] uniforms = random.doubles(rows).toArray();
    for (int row = 0; row < rows; row += 4) {
      uniforms[row] = row % 8 == 0 ? 0 : Math.nextDown(1.0);
    }
    Draws draws = sample(settings, logits, uniforms);
    for (int row = 0; row < rows; row++) {
      float[] values = Arrays.copyOfRange(logits, row * vocabulary, (row + 1) * vocabulary);
      float drawn = values[(int) draws.tokens()[row]];
      assertThat(IntStream.range(0, vocabulary).filter(i -> values[i] > drawn).count())
          .isLessThan(3);
      assertThat(draws.filteredLogprobs()[row]).isGreaterThan(-40).isLessThanOrEqualTo(0);
    }
  }

  /**
   * The nucleus by the definition, on distributions that need few and that need many tokens
   * ordered.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 1, 6})
  void keepsTheSmallestSetThatReachesTopP(double spread) {
    Random random = new Random(5);
    int vocabulary = 3000;
    int rows = 50;
    float topP = 0.8f;
    SamplingSettings settings = new SamplingSettings(1, 0, topP, 0, 1, 1, new int[0], 1);
    float[] logits = logits(rows, vocabulary, spread, random);
    Draws draws = sample(settings, logits, random.doubles(rows).toArray());
    for (int row = 0; row < rows; row++) {
      double[] masses = masses(logits, row, vocabulary);
      double total = Arrays.stream(masses).sum();
      int[] order =
          IntStream.range(0, vocabulary)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer i) -> -masses[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      double before = 0;
      double kept = 0;
      for (int token : order) {
        if (before < topP) {
          kept += masses[token] / total;
        }
        before += masses[token] / total;
      }
      int token = (int) draws.tokens()[row];
      double larger = Arrays.stream(masses).filter(mass -> mass > masses[token]).sum() / total;
      assertThat(larger).isLessThan(topP + 1e-6);
      assertThat((double) draws.filteredLogprobs()[row])
          .isCloseTo(Math.log(masses[token] / total / kept), within(1e-3));
    }
  }

  @Test
  void logitsThatAreNotNumbersStillGiveATokenOfTheVocabulary() {
    float[] logits = new float[3 * 40];
    Arrays.fill(logits, Float.NaN);
    for (SamplingSettings settings :
        new SamplingSettings[] {
          PLAIN,
          new SamplingSettings(0, 0, 1, 0, 1, 1, new int[0], 1),
          new SamplingSettings(1, 5, 0.5f, 0.1f, 1.2f, 1, new int[0], 1)
        }) {
      Draws draws = sample(settings, logits, new double[] {0, 0.5, 0.9});
      for (int row = 0; row < 3; row++) {
        assertThat(draws.tokens()[row]).isBetween(0L, 39L);
        assertThat(draws.logprobs()[row]).isNaN();
      }
    }
  }

  private static Draws sample(SamplingSettings settings, float[] logits, double[] uniforms) {
    int rows = uniforms.length;
    try (ProgramCall call = new ProgramCall(TorchScriptBackend.cpu(), "sample")) {
      SamplingInputs.add(call, settings);
      call.floats("logits", logits, rows, logits.length / rows)
          .longs("previous_ids", new long[0], rows, 0)
          .doubles("uniforms", uniforms, rows)
          .run();
      return new Draws(
          call.output("tokens").longs(),
          call.output("logprobs").floats(),
          call.output("filtered_logprobs").floats());
    }
  }

  private static float[] logits(int rows, int vocabulary, double spread, Random random) {
    float[] logits = new float[rows * vocabulary];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (spread * random.nextGaussian());
    }
    return logits;
  }

  private static double[] masses(float[] logits, int row, int vocabulary) {
    return IntStream.range(row * vocabulary, (row + 1) * vocabulary)
        .mapToDouble(i -> Math.exp(logits[i]))
        .toArray();
  }
}
