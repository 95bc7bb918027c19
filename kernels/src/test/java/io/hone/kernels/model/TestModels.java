package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.RopeScaling;
import io.hone.kernels.checkpoint.TensorSpec;
import java.util.Random;

/** Small models for tests. */
final class TestModels {
  /** Grouped queries, tied embeddings, no biases. */
  static final Architecture TIED =
      new Architecture(
          Family.LLAMA, 23, 16, 24, 2, 4, 2, 6, 48, 1e-5f, rope(), true, false, false, false);

  /** Everything else that a decoder may have: biases, query and key norms, an output projection. */
  static final Architecture FULL =
      new Architecture(
          Family.QWEN3, 37, 12, 20, 3, 6, 2, 4, 64, 1e-6f, rope(), false, true, true, true);

  private TestModels() {}

  static LanguageModel load(Checkpoint checkpoint) {
    return LanguageModel.load(
        checkpoint.architecture(), checkpoint.layout(), checkpoint.weights(), ComputeDevice.cpu());
  }

  static LanguageModel load(Architecture architecture, FlatWeights weights) {
    return LanguageModel.load(architecture, Layout.of(architecture), weights, ComputeDevice.cpu());
  }

  /** Random weights, large enough that distributions are far from uniform. */
  static FlatWeights randomWeights(Architecture architecture, long seed) {
    Layout layout = Layout.of(architecture);
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(layout.size())];
    for (TensorSpec tensor : layout.tensors()) {
      boolean norm = tensor.name().contains("norm");
      for (int i = 0; i < tensor.size(); i++) {
        values[Math.toIntExact(tensor.offset()) + i] =
            (float) ((norm ? 1 : 0) + (norm ? 0.1 : 0.3) * random.nextGaussian());
      }
    }
    return FlatWeights.of(new float[][] {values});
  }

  static int[] randomIds(Architecture architecture, int length, Random random) {
    return random.ints(length, 0, architecture.vocabSize()).toArray();
  }

  private static RopeScaling rope() {
    return new RopeScaling.Default(10_000);
  }
}
