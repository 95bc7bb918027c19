package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.RopeScaling;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Trajectories of torch.optim.AdamW. */
class AdamWGoldenTest {
  /** A layout that begins with a matrix, which decays: larger than any matrix of the cases. */
  private static final Architecture ARCHITECTURE =
      new Architecture(
          Family.LLAMA,
          64,
          64,
          8,
          1,
          1,
          1,
          2,
          8,
          1e-5f,
          new RopeScaling.Default(10_000),
          true,
          false,
          false,
          false);

  @TestFactory
  Stream<DynamicTest> everyCase() throws Exception {
    return GoldenFiles.tests(
        () ->
            GoldenFiles.cases("adamw.json").stream()
                .map(
                    test ->
                        DynamicTest.dynamicTest(
                            test.get("params").toString(), () -> compare(test))));
  }

  private static void compare(JsonNode test) {
    JsonNode params = test.get("params");
    Layout layout = Layout.of(ARCHITECTURE);
    AdamW adamW =
        new AdamW(
            layout,
            new AdamWSettings(
                params.get("beta1").asDouble(),
                params.get("beta2").asDouble(),
                params.get("eps").asDouble(),
                params.get("weight_decay").asDouble(),
                params.get("max_grad_norm").asDouble(0)));
    FlatWeights weights = padded(test.get("initial"), layout);
    AdamWState state = adamW.initialState();
    for (int step = 0; step < test.get("gradients").size(); step++) {
      AdamWUpdate update =
          adamW.update(
              weights,
              state,
              padded(test.get("gradients").get(step), layout),
              params.get("lr").asDouble());
      assertThat(update.applied()).isTrue();
      close(update.gradientNorm(), test.get("grad_norms").get(step).asDouble(), "norm " + step);
      weights = update.weights();
      state = update.state();
      float[] expected = flat(test.get("weights").get(step));
      for (int i = 0; i < expected.length; i++) {
        close(weights.chunks()[0][i], expected[i], "step " + step + " weight " + i);
      }
    }
    assertThat(state.updates()).isEqualTo(test.get("gradients").size());
  }

  private static void close(double actual, double expected, String what) {
    assertThat(actual).as(what).isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
  }

  private static float[] flat(JsonNode matrix) {
    int columns = matrix.get(0).size();
    float[] values = new float[matrix.size() * columns];
    for (int row = 0; row < matrix.size(); row++) {
      System.arraycopy(GoldenFiles.floats(matrix.get(row)), 0, values, row * columns, columns);
    }
    return values;
  }

  private static FlatWeights padded(JsonNode matrix, Layout layout) {
    float[][] chunks = FlatWeights.newChunks(layout.size());
    float[] values = flat(matrix);
    System.arraycopy(values, 0, chunks[0], 0, values.length);
    return FlatWeights.of(chunks);
  }
}
