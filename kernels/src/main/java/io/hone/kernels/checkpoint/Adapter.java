package io.hone.kernels.checkpoint;

import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * A low-rank adapter.
 *
 * @param settings its shape
 * @param weights its matrices, in the order of {@link Layout#of(Architecture, LoraSettings)}
 */
public record Adapter(LoraSettings settings, FlatWeights weights) implements Serializable {

  /**
   * A new adapter, which changes nothing yet: every A is uniform within 1 / sqrt(inputs), which is
   * Kaiming's initialisation with a = sqrt(5) as in PEFT, every B zero. A number depends on the
   * seed, its tensor's name and its place therein alone.
   */
  public static Adapter initial(Architecture architecture, LoraSettings settings, long seed) {
    Layout layout = Layout.of(architecture, settings);
    float[][] chunks = FlatWeights.newChunks(layout.size());
    for (int layer = 0; layer < architecture.layers(); layer++) {
      for (LinearModule module : settings.modules()) {
        fillUniform(chunks, layout.tensor(module.down(layer)), seed);
      }
    }
    return new Adapter(settings, FlatWeights.of(chunks));
  }

  private static void fillUniform(float[][] chunks, TensorSpec tensor, long seed) {
    SplittableRandom random = RandomCheckpoint.generator(seed, tensor);
    double bound = 1 / Math.sqrt(tensor.shape()[1]);
    for (long i = tensor.offset(); i < tensor.end(); i++) {
      chunks[(int) (i / FlatWeights.CHUNK)][(int) (i % FlatWeights.CHUNK)] =
          (float) (bound * (2 * random.nextDouble() - 1));
    }
  }
}
