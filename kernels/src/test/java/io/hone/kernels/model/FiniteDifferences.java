package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Gradients through whole models, checked by moving their weights. */
final class FiniteDifferences {
  private static final long EVERYTHING = 1_000_000;

  private FiniteDifferences() {}

  /**
   * Every tensor's gradient against differences of the loss along a random direction.
   *
   * @param step length of the move, which is made twice as long too
   * @param tolerance relative, above 0.02
   * @throws AssertionError naming the tensor where they differ
   */
  static void checkEveryTensor(
      Architecture architecture,
      Objective loss,
      List<TrainingSample> samples,
      double step,
      double tolerance) {
    Layout layout = Layout.of(architecture);
    float[] weights = TestModels.randomWeights(architecture, 5).chunks()[0];
    Random random = new Random(6);
    try (LanguageModel model =
        TestModels.load(architecture, FlatWeights.of(new float[][] {weights}))) {
      float[] gradient = model.policyGradient(samples, loss, EVERYTHING).gradient().chunks()[0];
      for (TensorSpec tensor : layout.tensors()) {
        double[] direction = unit(random.doubles(tensor.size(), -1, 1).toArray());
        double expected = 0;
        for (int i = 0; i < direction.length; i++) {
          expected += direction[i] * gradient[(int) tensor.offset() + i];
        }
        double near = slope(model, weights, tensor, direction, step, samples, loss);
        double far = slope(model, weights, tensor, direction, 2 * step, samples, loss);
        // Richardson: the error of a central difference is quadratic in its step.
        assertThat((4 * near - far) / 3)
            .as(tensor.name())
            .isCloseTo(expected, within(tolerance * Math.max(0.02, Math.abs(expected))));
      }
    }
  }

  private static double[] unit(double[] direction) {
    double norm = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
    return Arrays.stream(direction).map(x -> x / norm).toArray();
  }

  private static double slope(
      LanguageModel model,
      float[] weights,
      TensorSpec tensor,
      double[] direction,
      double step,
      List<TrainingSample> samples,
      Objective loss) {
    return (lossAt(model, weights, tensor, direction, step, samples, loss)
            - lossAt(model, weights, tensor, direction, -step, samples, loss))
        / (2 * step);
  }

  private static double lossAt(
      LanguageModel model,
      float[] weights,
      TensorSpec tensor,
      double[] direction,
      double step,
      List<TrainingSample> samples,
      Objective loss) {
    float[] moved = weights.clone();
    for (int i = 0; i < direction.length; i++) {
      moved[(int) tensor.offset() + i] += (float) (step * direction[i]);
    }
    model.update(FlatWeights.of(new float[][] {moved}));
    return model.policyGradient(samples, loss, EVERYTHING).statistics().loss();
  }
}
