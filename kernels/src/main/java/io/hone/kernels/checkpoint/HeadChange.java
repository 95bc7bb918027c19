package io.hone.kernels.checkpoint;

import java.util.SplittableRandom;

/** Weights of a backbone under another head: what both have is kept, a new value head is random. */
public final class HeadChange {
  private HeadChange() {}

  /**
   * The weights of {@code target}. A value head that the source lacks is normal with mean 0 and
   * deviation 1 / sqrt(hidden size + 1), as in TRL (Huang et al. 2024, "The N+ implementation
   * details of RLHF with PPO", detail 7); a function of the seed alone.
   *
   * @param weights in the layout of {@code source}
   * @param target the same backbone as {@code source}
   * @throws IllegalArgumentException if the backbones differ, or the target has logits that the
   *     source lacks
   */
  public static FlatSequence of(
      Architecture source, FlatSequence weights, Architecture target, long seed) {
    if (!source.withHead(target.head()).equals(target)) {
      throw new IllegalArgumentException(source + " and " + target + " have different backbones");
    }
    if (source.equals(target)) {
      return weights;
    }
    Layout from = Layout.of(source);
    Layout to = Layout.of(target);
    float[][] chunks = FlatWeights.newChunks(to.size());
    for (TensorSpec tensor : to.tensors()) {
      if (from.contains(tensor.name())) {
        copy(weights, from.tensor(tensor.name()).offset(), chunks, tensor);
      } else if (tensor.name().equals(Layout.VALUE_HEAD)) {
        RandomCheckpoint.fillNormal(
            chunks,
            tensor,
            new SplittableRandom(seed ^ RandomCheckpoint.hash(tensor.name())),
            1 / Math.sqrt(target.hiddenSize() + 1.0));
      } else {
        throw new IllegalArgumentException(source + " has no " + tensor.name());
      }
    }
    return FlatWeights.of(chunks);
  }

  private static void copy(FlatSequence from, long offset, float[][] chunks, TensorSpec tensor) {
    long copied = 0;
    while (copied < tensor.size()) {
      long position = tensor.offset() + copied;
      float[] chunk = chunks[(int) (position / FlatWeights.CHUNK)];
      int start = (int) (position % FlatWeights.CHUNK);
      int length = (int) Math.min(tensor.size() - copied, chunk.length - start);
      from.copyTo(offset + copied, chunk, start, length);
      copied += length;
    }
  }
}
