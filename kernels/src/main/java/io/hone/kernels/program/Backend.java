package io.hone.kernels.program;

/** One device: makes tensors on it and finds programs for it. Safe for use by several threads. */
public interface Backend {

  /** A tensor of 32-bit floats with these elements in row-major order. */
  Tensor floats(float[] values, long... shape);

  /** A tensor of 64-bit floats with these elements in row-major order. */
  Tensor doubles(double[] values, long... shape);

  /** A tensor of 64-bit integers with these elements in row-major order. */
  Tensor longs(long[] values, long... shape);

  /** A tensor of 32-bit zeros. */
  Tensor zeros(long... shape);

  /**
   * The program of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Program program(String name);
}
