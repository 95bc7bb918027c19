package io.hone.kernels.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A new, randomly initialised checkpoint: matrices are normal with mean 0, norms are 1, biases 0,
 * as transformers initialises them.
 *
 * <p>A weight is a function of the seed, its tensor's name and its place therein, so the same on
 * every machine; and a model with more layers begins with the same numbers.
 */
public final class RandomCheckpoint {
  private RandomCheckpoint() {}

  /**
   * Writes a new checkpoint directory in FLOAT32, complete or not at all.
   *
   * @param target must not exist
   * @param deviation standard deviation of the matrices' weights; transformers' default is 0.02
   * @throws io.hone.conf.UserException if the target exists or cannot be written, the deviation is
   *     not a positive number, or the tokenizer has more tokens than the architecture's vocabulary
   */
  public static void write(
      Path target,
      Architecture architecture,
      long seed,
      double deviation,
      TokenizerFiles tokenizer) {
    Checks.require(
        deviation > 0 && Double.isFinite(deviation),
        "The deviation of initial weights is %s; expected a positive number",
        deviation);
    Checks.require(
        tokenizer.size() <= architecture.vocabSize(),
        "The vocabulary size is %d; expected at least %d, the number of the tokenizer's tokens",
        architecture.vocabSize(),
        tokenizer.size());
    Checks.require(
        architecture.hiddenSize() % architecture.heads() == 0,
        "The hidden size is %d; expected a multiple of the number of heads, which is %d, because transformers asks for it",
        architecture.hiddenSize(),
        architecture.heads());
    AtomicDirectory.create(
        target,
        directory -> {
          ConfigWriter.write(directory, architecture, tokenizer.generationConfig(), deviation);
          tokenizer.writeTo(directory);
          writeWeights(directory, architecture, seed, deviation);
        });
  }

  private static void writeWeights(
      Path directory, Architecture architecture, long seed, double deviation) throws IOException {
    Layout layout = Layout.of(architecture);
    FlatWeights weights = weights(layout, seed, deviation);
    List<TensorSlice> tensors =
        layout.tensors().stream()
            .map(tensor -> TensorSlice.of(tensor, DataType.FLOAT32, weights))
            .toList();
    WeightWriter.write(directory, tensors, WeightWriter.MAX_SHARD_BYTES);
  }

  /** Initial weights of every tensor of a layout. */
  static FlatWeights weights(Layout layout, long seed, double deviation) {
    float[][] chunks = FlatWeights.newChunks(layout.size());
    for (TensorSpec tensor : layout.tensors()) {
      if (layout.decays(tensor)) {
        fillNormal(chunks, tensor, generator(seed, tensor), deviation);
      } else if (!tensor.name().endsWith(".bias")) {
        fillOnes(chunks, tensor);
      }
    }
    return FlatWeights.of(chunks);
  }

  /** What a tensor's initial numbers are drawn from. */
  static SplittableRandom generator(long seed, TensorSpec tensor) {
    return new SplittableRandom(seed ^ hash(tensor.name()));
  }

  private static void fillOnes(float[][] chunks, TensorSpec tensor) {
    for (long i = tensor.offset(); i < tensor.end(); i++) {
      chunks[(int) (i / FlatWeights.CHUNK)][(int) (i % FlatWeights.CHUNK)] = 1;
    }
  }

  /** Marsaglia's polar method with strict arithmetic, so that no platform's logarithm shows. */
  static void fillNormal(
      float[][] chunks, TensorSpec tensor, SplittableRandom random, double deviation) {
    double spare = Double.NaN;
    for (long i = tensor.offset(); i < tensor.end(); i++) {
      double normal = spare;
      if (Double.isNaN(spare)) {
        double x;
        double y;
        double square;
        do {
          x = 2 * random.nextDouble() - 1;
          y = 2 * random.nextDouble() - 1;
          square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        normal = x * scale;
        spare = y * scale;
      } else {
        spare = Double.NaN;
      }
      chunks[(int) (i / FlatWeights.CHUNK)][(int) (i % FlatWeights.CHUNK)] =
          (float) (normal * deviation);
    }
  }

  /** 64-bit FNV-1a of the name. */
  static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }
}
