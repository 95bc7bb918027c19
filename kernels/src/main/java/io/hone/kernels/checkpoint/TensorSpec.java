package io.hone.kernels.checkpoint;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One tensor's place in a model's flat sequence of numbers.
 *
 * @param name the tensor's name in Hugging Face checkpoints
 * @param shape one or two dimensions, row-major
 * @param offset index of the first element
 */
@SuppressWarnings("ArrayRecordComponent") // shapes go to tensor libraries as arrays; never compared
public record TensorSpec(String name, long[] shape, long offset) implements Serializable {

  /** Number of elements. */
  public long size() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Index after the last element. */
  public long end() {
    return offset + size();
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape) + " at " + offset;
  }
}
