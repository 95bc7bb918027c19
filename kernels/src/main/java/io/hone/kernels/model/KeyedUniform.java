package io.hone.kernels.model;

/**
 * Counter-based uniform numbers: a pure function of a key and a position, the same in Java as in
 * the sampling program.
 *
 * <p>The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014) over {@code key + (position + 1) * 0x9E3779B97F4A7C15}; the upper 53 bits are
 * the number.
 */
public final class KeyedUniform {
  private static final long INCREMENT = 0x9E3779B97F4A7C15L;

  private KeyedUniform() {}

  /**
   * The number drawn under a key at a position.
   *
   * @param key any 64 bits
   * @param position index of the token in the completion, from 0
   * @return a number in [0, 1), a multiple of 2^-53
   */
  public static double at(long key, long position) {
    long bits = key + (position + 1) * INCREMENT;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    bits = bits ^ (bits >>> 31);
    return (bits >>> 11) * 0x1.0p-53;
  }
}
