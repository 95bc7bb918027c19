package io.hone.kernels.model;

import static java.util.Arrays.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.RopeScaling;
import io.hone.kernels.checkpoint.TensorSpec;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamWTest {
  private static final Architecture ARCHITECTURE = TestModels.FULL;
  private static final Layout LAYOUT = Layout.of(ARCHITECTURE);

  /** With a zero gradient only decay moves weights: matrices shrink, norms and biases stay. */
  @Test
  void decaysMatricesOnly() {
    AdamW adamW = new AdamW(LAYOUT, new AdamWSettings(0.9, 0.999, 1e-8, 0.5, 1));
    FlatWeights weights = TestModels.randomWeights(ARCHITECTURE, 2);
    AdamWUpdate update =
        adamW.update(weights, adamW.initialState(), FlatWeights.zeros(LAYOUT.size()), 0.1);
    for (TensorSpec tensor : LAYOUT.tensors()) {
      boolean decays = !tensor.name().contains("norm") && !tensor.name().endsWith("bias");
      for (int i = (int) tensor.offset(); i < tensor.end(); i++) {
        float before = weights.chunks()[0][i];
        assertThat(update.weights().chunks()[0][i])
            .as(tensor.name())
            .isCloseTo(decays ? 0.95f * before : before, within(1e-6f));
      }
    }
  }

  @Test
  void scalesGradientsDownToTheLargestNorm() {
    FlatWeights weights = TestModels.randomWeights(ARCHITECTURE, 2);
    FlatWeights gradient = TestModels.randomWeights(ARCHITECTURE, 3);
    AdamW clipping = new AdamW(LAYOUT, new AdamWSettings(0, 0, 1e-8, 0, 2));
    AdamWUpdate update = clipping.update(weights, clipping.initialState(), gradient, 0.1);
    double squares = 0;
    double clipped = 0;
    for (int i = 0; i < LAYOUT.size(); i++) {
      squares += Math.pow(gradient.chunks()[0][i], 2);
      clipped += Math.pow(update.state().firstMoment().chunks()[0][i], 2);
    }
    assertThat(update.gradientNorm()).isCloseTo(Math.sqrt(squares), within(1e-9));
    assertThat(Math.sqrt(clipped)).isCloseTo(2, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aGradientThatIsNotFiniteChangesNothing(float bad) {
    AdamW adamW = new AdamW(LAYOUT, new AdamWSettings(0.9, 0.999, 1e-8, 0.1, 1));
    FlatWeights weights = TestModels.randomWeights(ARCHITECTURE, 2);
    long before = weights.fingerprint();
    float[][] chunks = FlatWeights.newChunks(LAYOUT.size());
    chunks[0][new Random(4).nextInt(chunks[0].length)] = bad;
    AdamWState state = adamW.initialState();
    AdamWUpdate update = adamW.update(weights, state, FlatWeights.of(chunks), 0.1);
    assertThat(update.applied()).isFalse();
    assertThat(update.gradientNorm()).isNotFinite();
    assertThat(update.weights()).isSameAs(weights);
    assertThat(update.state()).isSameAs(state);
    assertThat(FlatWeights.of(weights.chunks()).fingerprint()).isEqualTo(before);
  }

  @Test
  void leavesItsArgumentsAlone() {
    AdamW adamW = new AdamW(LAYOUT, new AdamWSettings(0.9, 0.999, 1e-8, 0.1, 1));
    FlatWeights weights = TestModels.randomWeights(ARCHITECTURE, 2);
    FlatWeights gradient = TestModels.randomWeights(ARCHITECTURE, 3);
    AdamWState state = adamW.initialState();
    AdamWUpdate once = adamW.update(weights, state, gradient, 0.1);
    AdamWUpdate again = adamW.update(weights, state, gradient, 0.1);
    assertThat(again.weights().fingerprint()).isEqualTo(once.weights().fingerprint());
    assertThat(state.firstMoment().chunks()[0]).containsOnly(0);
  }

  /** What a shard does with its range is what the whole update does there, bit for bit. */
  @Test
  void rangesOfWholeBlocksAreUpdatedAsTheWhole() {
    Architecture architecture =
        new Architecture(
            Family.LLAMA,
            1500,
            64,
            128,
            2,
            2,
            2,
            32,
            32,
            1e-5f,
            new RopeScaling.Default(10_000),
            true,
            false,
            false,
            false);
    Layout layout = Layout.of(architecture);
    AdamW adamW = new AdamW(layout, new AdamWSettings(0.9, 0.99, 1e-8, 0.1, 1));
    FlatWeights weights = TestModels.randomWeights(architecture, 2);
    FlatWeights gradient = TestModels.randomWeights(architecture, 3);
    AdamWUpdate first = adamW.update(weights, adamW.initialState(), gradient, 0.1);
    AdamWUpdate whole = adamW.update(first.weights(), first.state(), gradient, 0.1);

    long cut = FlatWeights.BLOCK;
    assertThat(layout.size()).isGreaterThan(2 * cut);
    double[] head = adamW.squares(range(gradient, 0, cut));
    double[] tail = adamW.squares(range(gradient, cut, layout.size()));
    double norm = AdamW.norm(DoubleStream.concat(stream(head), stream(tail)).toArray());
    assertThat(norm).isEqualTo(whole.gradientNorm());
    for (long[] range : new long[][] {{0, cut}, {cut, layout.size()}}) {
      AdamWChunk chunk =
          new AdamWChunk(
              range(first.weights(), range[0], range[1]).chunks()[0],
              range(first.state().firstMoment(), range[0], range[1]).chunks()[0],
              range(first.state().secondMoment(), range[0], range[1]).chunks()[0]);
      AdamWChunk updated =
          adamW.update(
              range[0],
              chunk,
              range(gradient, range[0], range[1]).chunks()[0],
              new AdamW.Step(norm, 0.1, 2));
      assertThat(updated.weights())
          .isEqualTo(range(whole.weights(), range[0], range[1]).chunks()[0]);
      assertThat(updated.firstMoment())
          .isEqualTo(range(whole.state().firstMoment(), range[0], range[1]).chunks()[0]);
      assertThat(updated.secondMoment())
          .isEqualTo(range(whole.state().secondMoment(), range[0], range[1]).chunks()[0]);
    }
  }

  private static FlatWeights range(FlatWeights whole, long start, long end) {
    return FlatWeights.copyOf(whole.slice(start, end));
  }

  @Test
  void refusesAnotherLayout() {
    AdamW adamW = new AdamW(LAYOUT, new AdamWSettings(0.9, 0.999, 1e-8, 0.1, 1));
    FlatWeights weights = TestModels.randomWeights(ARCHITECTURE, 2);
    assertThatThrownBy(() -> adamW.update(weights, adamW.initialState(), FlatWeights.zeros(5), 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradient: 5 numbers");
  }
}
