package io.hone.kernels.checkpoint;

import java.util.List;
import java.util.Objects;

/**
 * The tensors of a layout one after the other.
 *
 * @param tensors without gaps, from offset 0 on
 * @param values of each
 */
record TensorSequence(List<TensorSpec> tensors, List<FlatSequence> values) implements FlatSequence {

  @Override
  public long size() {
    return tensors.get(tensors.size() - 1).end();
  }

  @Override
  public void copyTo(long offset, float[] target, int targetOffset, int count) {
    Objects.checkFromIndexSize(offset, (long) count, size());
    int copied = 0;
    for (int tensor = indexAt(offset); copied < count; tensor++) {
      long start = offset + copied - tensors.get(tensor).offset();
      int length = (int) Math.min(count - copied, tensors.get(tensor).size() - start);
      values.get(tensor).copyTo(start, target, targetOffset + copied, length);
      copied += length;
    }
  }

  /** Binary search for the tensor that holds an element. */
  private int indexAt(long offset) {
    int low = 0;
    int high = tensors.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (tensors.get(middle).offset() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
