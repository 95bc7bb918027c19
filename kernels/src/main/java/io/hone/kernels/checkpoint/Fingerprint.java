package io.hone.kernels.checkpoint;

/**
 * A 64-bit digest of float bits in order: one of each {@linkplain FlatWeights#BLOCK block}, and one
 * of these. Whoever knows the digests of all blocks, wherever they were computed, has the
 * fingerprint of the whole.
 *
 * <p>Four independent accumulators of multiply-and-rotate rounds over pairs of floats, folded and
 * mixed at the end: the structure of xxHash64 (Collet), which is what makes it run near the speed
 * of memory. Its values are Hone's own and are only ever compared with each other.
 */
public final class Fingerprint {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final int LANES = 4;
  private static final int STRIDE = 2 * LANES;

  private Fingerprint() {}

  /**
   * Of a whole sequence.
   *
   * @param size number of its elements
   * @param digests of its blocks, in order
   */
  public static long of(long size, long[] digests) {
    long digest = PRIME_3;
    for (long block : digests) {
      digest = mix(digest ^ block) * PRIME_1;
    }
    return mix(digest + size);
  }

  /** Of each block of a sequence, the last of which may be shorter. */
  public static long[] digests(FlatSequence sequence) {
    long[] digests = new long[blocks(sequence.size())];
    int block = 0;
    for (long offset = 0; offset < sequence.size(); offset += FlatWeights.CHUNK) {
      int count = (int) Math.min(FlatWeights.CHUNK, sequence.size() - offset);
      float[] chunk = sequence.range(offset, count);
      for (int start = 0; start < count; start += FlatWeights.BLOCK) {
        digests[block++] = ofBlock(chunk, start, Math.min(start + FlatWeights.BLOCK, count));
      }
    }
    return digests;
  }

  /** Number of blocks of so many elements. */
  public static int blocks(long size) {
    return Math.toIntExact((size + FlatWeights.BLOCK - 1) / FlatWeights.BLOCK);
  }

  /** Of the elements from {@code start} to before {@code end}, which are one block. */
  public static long ofBlock(float[] values, int start, int end) {
    long first = PRIME_1;
    long second = PRIME_2;
    long third = PRIME_3;
    long fourth = 0;
    int whole = end - (end - start) % STRIDE;
    for (int i = start; i < whole; i += STRIDE) {
      first = round(first, pair(values[i], values[i + 1]));
      second = round(second, pair(values[i + 2], values[i + 3]));
      third = round(third, pair(values[i + 4], values[i + 5]));
      fourth = round(fourth, pair(values[i + 6], values[i + 7]));
    }
    long digest =
        Long.rotateLeft(first, 1)
            + Long.rotateLeft(second, 7)
            + Long.rotateLeft(third, 12)
            + Long.rotateLeft(fourth, 18);
    for (int i = whole; i < end; i++) {
      digest = round(digest, Float.floatToRawIntBits(values[i]));
    }
    return digest;
  }

  private static long pair(float low, float high) {
    return ((long) Float.floatToRawIntBits(high) << 32)
        | (Float.floatToRawIntBits(low) & 0xFFFFFFFFL);
  }

  private static long round(long accumulator, long value) {
    return Long.rotateLeft(accumulator + value * PRIME_2, 31) * PRIME_1;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * PRIME_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
    return mixed ^ (mixed >>> 32);
  }
}
