package io.hone.executor.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.kernels.checkpoint.FlatWeights;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ShardPlanTest {
  private static final long BLOCK = FlatWeights.BLOCK;

  @Property
  void shardsPartitionTheSequenceAtBlocks(
      @ForAll @LongRange(min = 1, max = 1L << 40) long size,
      @ForAll @IntRange(min = 1, max = 300) int wanted) {
    ShardPlan plan = ShardPlan.of(size, wanted);
    assertThat(plan.shards()).isBetween(1, wanted);
    long end = 0;
    for (int shard = 0; shard < plan.shards(); shard++) {
      assertThat(plan.start(shard)).isEqualTo(end);
      assertThat(plan.start(shard) % BLOCK).isZero();
      assertThat(plan.length(shard)).isPositive();
      end = plan.end(shard);
    }
    assertThat(end).isEqualTo(size);
  }

  @Property
  void shardsDifferByABlockAtMost(
      @ForAll @LongRange(min = 1, max = 1L << 40) long size,
      @ForAll @IntRange(min = 1, max = 300) int wanted) {
    ShardPlan plan = ShardPlan.of(size, wanted);
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    for (int shard = 0; shard < plan.shards(); shard++) {
      shortest = Math.min(shortest, plan.length(shard));
      longest = Math.max(longest, plan.length(shard));
    }
    // The last block may be short.
    assertThat(longest - shortest).isLessThan(2 * BLOCK);
  }

  @Test
  void noShardIsEmpty() {
    assertThat(ShardPlan.of(2 * BLOCK + 1, 100).shards()).isEqualTo(3);
    assertThatThrownBy(() -> new ShardPlan(BLOCK, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 shards of 65536 numbers (expected: one or more blocks in each)");
  }
}
