package io.hone.executor.shard;

import org.apache.spark.Partitioner;

/** Brings all slices of a shard to the task of its number. */
public final class ShardPartitioner extends Partitioner {
  private final int shards;

  public ShardPartitioner(int shards) {
    this.shards = shards;
  }

  @Override
  public int numPartitions() {
    return shards;
  }

  @Override
  public int getPartition(Object key) {
    return ((SliceKey) key).shard();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardPartitioner partitioner && partitioner.shards == shards;
  }

  @Override
  public int hashCode() {
    return shards;
  }
}
