package io.hone.kernels.checkpoint;

import java.util.Objects;

/**
 * Numbers of a whole model (weights, gradients or optimiser state) in the order of its layout,
 * wherever they are: in memory, or read range by range from files too large for it. Never changes.
 */
public interface FlatSequence {
  /** Number of elements. */
  long size();

  /**
   * Copies {@code count} elements from {@code offset} on into {@code target}.
   *
   * @throws IndexOutOfBoundsException if either range is outside
   * @throws io.hone.conf.UserException if they are read from a file that is gone or damaged
   */
  void copyTo(long offset, float[] target, int targetOffset, int count);

  /**
   * The elements from {@code offset} on as an array of {@code count}, to be read only: it may be
   * the sequence's own.
   */
  default float[] range(long offset, int count) {
    float[] values = new float[count];
    copyTo(offset, values, 0, count);
    return values;
  }

  /** The elements from {@code start} to before {@code end}, as a view. */
  default FlatSequence slice(long start, long end) {
    Objects.checkFromToIndex(start, end, size());
    FlatSequence whole = this;
    return new FlatSequence() {
      @Override
      public long size() {
        return end - start;
      }

      @Override
      public void copyTo(long offset, float[] target, int targetOffset, int count) {
        Objects.checkFromIndexSize(offset, (long) count, size());
        whole.copyTo(start + offset, target, targetOffset, count);
      }
    };
  }

  /**
   * A 64-bit digest of the bits of all elements in order; equal for equal bits, so it tells -0 from
   * 0 and one NaN from another. Not a cryptographic one.
   */
  default long fingerprint() {
    return Fingerprint.of(size(), Fingerprint.digests(this));
  }

  /** {@code size} zeros that take no memory. */
  static FlatSequence zeros(long size) {
    return new FlatSequence() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void copyTo(long offset, float[] target, int targetOffset, int count) {
        Objects.checkFromIndexSize(offset, (long) count, size);
        java.util.Arrays.fill(target, targetOffset, targetOffset + count, 0f);
      }
    };
  }
}
