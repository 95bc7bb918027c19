package io.hone.jobs.bench;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rows of random token ids, the same ones every time. */
final class RandomTokens {
  /** The lowest ids are those of special tokens. */
  private static final int FIRST_ID = 3;

  private RandomTokens() {}

  static int[][] rows(int rows, int length, int vocabulary) {
    SplittableRandom random = new SplittableRandom(0);
    return IntStream.range(0, rows)
        .mapToObj(row -> random.ints(length, FIRST_ID, vocabulary).toArray())
        .toArray(int[][]::new);
  }
}
