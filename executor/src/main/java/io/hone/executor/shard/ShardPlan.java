package io.hone.executor.shard;

import io.hone.kernels.checkpoint.Fingerprint;
import io.hone.kernels.checkpoint.FlatWeights;
import java.io.Serializable;
import java.util.Objects;

/**
 * Cuts a flat sequence into shards: ranges of whole blocks, of equal length but for one block, so
 * that what is computed block by block is the same for every number of shards.
 *
 * @param size number of elements
 * @param shards number of shards, none of them empty
 */
public record ShardPlan(long size, int shards) implements Serializable {

  public ShardPlan {
    if (size < 1 || shards < 1 || shards > Fingerprint.blocks(size)) {
      throw new IllegalArgumentException(
          shards + " shards of " + size + " numbers (expected: one or more blocks in each)");
    }
  }

  /**
   * As many shards as wanted, or as there are blocks.
   *
   * @param size number of elements, at least 1
   * @param wanted at least 1
   */
  public static ShardPlan of(long size, int wanted) {
    return new ShardPlan(size, Math.min(wanted, Fingerprint.blocks(size)));
  }

  /** Index of the first element of a shard. */
  public long start(int shard) {
    Objects.checkIndex(shard, shards);
    return boundary(shard);
  }

  /** Index after the last element of a shard. */
  public long end(int shard) {
    Objects.checkIndex(shard, shards);
    return boundary(shard + 1);
  }

  /** Number of elements of a shard. */
  public long length(int shard) {
    return end(shard) - start(shard);
  }

  private long boundary(int shard) {
    long block = (long) Fingerprint.blocks(size) * shard / shards;
    return Math.min(block * FlatWeights.BLOCK, size);
  }
}
