package io.hone.executor.reward.metric;

/**
 * The 64-bit hash FNV-1a of Fowler, Noll and Vo over UTF-16 characters: beginning with
 * 0xcbf29ce484222325, for each character exclusive or and then a product with 0x100000001b3. The
 * same on every machine, for ever.
 */
public final class WordHash {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private WordHash() {}

  /** The hash of the characters from {@code start} to before {@code end}. */
  static long of(char[] text, int start, int end) {
    long hash = OFFSET_BASIS;
    for (int index = start; index < end; index++) {
      hash = (hash ^ text[index]) * PRIME;
    }
    return hash;
  }

  /** The hash as an unsigned number, modulo {@code buckets}. */
  public static int of(char[] text, int start, int end, int buckets) {
    return (int) Long.remainderUnsigned(of(text, start, end), buckets);
  }
}
