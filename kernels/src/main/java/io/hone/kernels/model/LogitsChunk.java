package io.hone.kernels.model;

/** How many rows of logits exist at the same time: [tokens, vocabulary] never does. */
final class LogitsChunk {
  private static final int NUMBERS = 1 << 20;
  private static final int LEAST_ROWS = 256;

  private LogitsChunk() {}

  /** Tokens whose logits are computed together: enough for an efficient product, no more. */
  static int rows(int vocabulary) {
    return Math.max(LEAST_ROWS, NUMBERS / vocabulary);
  }
}
