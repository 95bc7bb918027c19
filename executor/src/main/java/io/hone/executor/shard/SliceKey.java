package io.hone.executor.shard;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a slice of a gradient goes: the shard that it is of and its place in the sum.
 *
 * @param shard index of the shard
 * @param partition index of the gradient task
 */
public record SliceKey(int shard, int partition) implements Comparable<SliceKey>, Serializable {
  private static final Comparator<SliceKey> ORDER =
      Comparator.comparingInt(SliceKey::shard).thenComparingInt(SliceKey::partition);

  @Override
  public int compareTo(SliceKey other) {
    return ORDER.compare(this, other);
  }
}
