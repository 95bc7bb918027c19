package io.hone.kernels.checkpoint;

/**
 * A 64-bit digest of float bits in order. Four independent accumulators of multiply-and-rotate
 * rounds over pairs of floats, folded and mixed at the end: the structure of xxHash64 (Collet),
 * which is what makes it run near the speed of memory. Its values are Hone's own and are only ever
 * compared with each other.
 */
final class Fingerprint {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final int LANES = 4;
  private static final int STRIDE = 2 * LANES;

  private Fingerprint() {}

  static long of(float[][] chunks) {
    long digest = PRIME_3;
    for (float[] chunk : chunks) {
      digest = mix(digest ^ ofChunk(chunk)) * PRIME_1 + chunk.length;
    }
    return mix(digest);
  }

  private static long ofChunk(float[] chunk) {
    long first = PRIME_1;
    long second = PRIME_2;
    long third = PRIME_3;
    long fourth = 0;
    int whole = chunk.length - chunk.length % STRIDE;
    for (int i = 0; i < whole; i += STRIDE) {
      first = round(first, pair(chunk[i], chunk[i + 1]));
      second = round(second, pair(chunk[i + 2], chunk[i + 3]));
      third = round(third, pair(chunk[i + 4], chunk[i + 5]));
      fourth = round(fourth, pair(chunk[i + 6], chunk[i + 7]));
    }
    long digest =
        Long.rotateLeft(first, 1)
            + Long.rotateLeft(second, 7)
            + Long.rotateLeft(third, 12)
            + Long.rotateLeft(fourth, 18);
    for (int i = whole; i < chunk.length; i++) {
      digest = round(digest, Float.floatToRawIntBits(chunk[i]));
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
