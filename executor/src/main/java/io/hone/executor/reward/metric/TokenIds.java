package io.hone.executor.reward.metric;

import java.util.Arrays;

/** Collects tokens as their numbers in a vocabulary. */
final class TokenIds implements TokenSink {
  private final Vocabulary vocabulary;
  private int[] ids = new int[64];
  private int size;

  TokenIds(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public void token(char[] text, int start, int end) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = vocabulary.id(text, start, end);
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}
