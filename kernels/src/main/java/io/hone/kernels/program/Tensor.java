package io.hone.kernels.program;

/** Numbers on a device, to be closed by whoever asked for them. */
public interface Tensor extends AutoCloseable {

  /** Sizes of the dimensions, outermost first; empty for a single number. */
  long[] shape();

  /**
   * All elements in row-major order.
   *
   * @throws IllegalStateException if this is not a contiguous tensor of 32-bit floats in the host's
   *     memory
   */
  float[] floats();

  /**
   * All elements in row-major order.
   *
   * @throws IllegalStateException if this is not a contiguous tensor of 64-bit floats in the host's
   *     memory
   */
  double[] doubles();

  /**
   * All elements in row-major order.
   *
   * @throws IllegalStateException if this is not a contiguous tensor of 64-bit integers in the
   *     host's memory
   */
  long[] longs();

  /** Frees the memory; further use is an error, closing again is not. */
  @Override
  void close();
}
