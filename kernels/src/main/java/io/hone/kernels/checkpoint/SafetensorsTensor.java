package io.hone.kernels.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * One entry of a safetensors header.
 *
 * @param name unique in its file
 * @param type element type
 * @param shape dimensions, row-major; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
public record SafetensorsTensor(
    String name, DataType type, List<Long> shape, long begin, long end) {

  public SafetensorsTensor {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public long size() {
    return (end - begin) / type.bytes();
  }

  boolean hasShape(long[] expected) {
    return Arrays.equals(shape.stream().mapToLong(Long::longValue).toArray(), expected);
  }
}
