package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.LoraSettings;

/**
 * Memory that a gradient pass needs beside the weights and their gradient, counted from the shapes
 * of what its program must keep for the backward pass, all in 32-bit floats. What has one number
 * per token or head is left out.
 */
public final class ActivationMemory {
  private final Architecture architecture;

  /** Numbers that a layer keeps of a token. */
  private final long layerNumbers;

  private ActivationMemory(Architecture architecture, long layerNumbers) {
    this.architecture = architecture;
    this.layerNumbers = layerNumbers;
  }

  /** Where all weights learn. */
  public static ActivationMemory of(Architecture architecture) {
    long queries = (long) architecture.heads() * architecture.headSize();
    long keys = (long) architecture.keyValueHeads() * architecture.headSize();
    // Of each of the two norms: its input, that over its root mean square, and the outcome. Of the
    // attention: queries, keys and values, these two repeated to the query heads, and the outcome.
    // Of the feed-forward: gate, its activation, up, and the product of these two.
    long numbers =
        6L * architecture.hiddenSize() + 4 * queries + 4L * architecture.intermediateSize();
    // The outcome of these norms is turned, which keeps nothing.
    long ofHeadNorms = architecture.queryKeyNorm() ? 2 * (queries + keys) : 0;
    return new ActivationMemory(architecture, numbers + ofHeadNorms);
  }

  /**
   * Where an adapter learns: at most so much, because frozen matrices keep none of their inputs.
   */
  static ActivationMemory of(Architecture architecture, LoraSettings lora) {
    long dropped = 0;
    if (lora.dropout() > 0) {
      Layout layout = Layout.of(architecture, lora);
      // A mask and what it leaves.
      dropped =
          lora.modules().stream()
              .mapToLong(module -> 2 * layout.tensor(module.down(0)).shape()[1])
              .sum();
    }
    return new ActivationMemory(architecture, of(architecture).layerNumbers + dropped);
  }

  /**
   * Bytes that all layers keep of a micro-batch where nothing is recomputed.
   *
   * @param tokens of the micro-batch, padding included
   */
  public long kept(long tokens) {
    return architecture.layers() * layer(tokens);
  }

  /**
   * The least bytes that a language model's gradient pass must hold at the same time: what the
   * layers keep and the logits of a chunk, which become their gradient; with recomputation, the
   * inputs of all layers, and either the chunk or what one layer keeps, whichever is larger.
   *
   * @param rows sequences of the micro-batch
   * @param length tokens of each, of which all but the first count in the loss
   */
  public long least(long rows, long length, boolean recompute) {
    long tokens = rows * length;
    long predicted = rows * (length - 1);
    long chunk = Math.min(predicted, LogitsChunk.rows(architecture.vocabSize()));
    long logits = chunk * architecture.vocabSize() * Float.BYTES;
    if (!recompute) {
      return kept(tokens) + logits;
    }
    long inputs = tokens * architecture.layers() * architecture.hiddenSize() * Float.BYTES;
    return inputs + Math.max(logits, layer(tokens));
  }

  private long layer(long tokens) {
    return tokens * layerNumbers * Float.BYTES;
  }
}
