package io.hone.kernels.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor to be written: a name, a type and a shape given to a range of flat weights.
 *
 * @param name unique in its file
 * @param type FLOAT32, FLOAT16 or BFLOAT16
 * @param shape dimensions, row-major
 * @param weights where the numbers are
 * @param offset index of the first of them
 */
public record TensorSlice(
    String name, DataType type, List<Long> shape, FlatSequence weights, long offset) {

  public TensorSlice {
    shape = List.copyOf(shape);
    if (!type.isWeight()) {
      throw new IllegalArgumentException(
          "type : " + type + " (expected: FLOAT32, FLOAT16 or BFLOAT16)");
    }
    long size = shape.stream().reduce(1L, Math::multiplyExact);
    if (offset < 0 || size < 0 || offset > weights.size() - size) {
      throw new IllegalArgumentException(
          "Tensor %s of shape %s at %d is outside of %d weights"
              .formatted(name, shape, offset, weights.size()));
    }
  }

  /** A tensor of a layout under its own name. */
  static TensorSlice of(TensorSpec tensor, DataType type, FlatWeights weights) {
    List<Long> shape = Arrays.stream(tensor.shape()).boxed().toList();
    return new TensorSlice(tensor.name(), type, shape, weights, tensor.offset());
  }

  /** All of {@code weights} as one flat FLOAT32 tensor. */
  public static TensorSlice flat(String name, FlatSequence weights) {
    return new TensorSlice(name, DataType.FLOAT32, List.of(weights.size()), weights, 0);
  }

  long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  long bytes() {
    return Math.multiplyExact(size(), type.bytes());
  }
}
