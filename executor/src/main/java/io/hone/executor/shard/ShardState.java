package io.hone.executor.shard;

import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.model.AdamW;
import io.hone.kernels.model.AdamWChunk;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A shard's weights and optimiser state in memory, owned by one task at a time. */
final class ShardState {
  private final long start;
  private final AdamWChunk[] chunks;

  private ShardState(long start, AdamWChunk[] chunks) {
    this.start = start;
    this.chunks = chunks;
  }

  static ShardState read(StoredShard shard, Configuration hadoop) {
    float[][] weights = shard.weights().read(hadoop).chunks();
    float[][] first = shard.firstMoment().read(hadoop).chunks();
    float[][] second = shard.secondMoment().read(hadoop).chunks();
    AdamWChunk[] chunks = new AdamWChunk[weights.length];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new AdamWChunk(weights[i], first[i], second[i]);
    }
    return new ShardState(shard.weights().start(), chunks);
  }

  /** Makes the next version, a chunk at a time, so that no second copy of the state is needed. */
  void update(AdamW optimizer, FlatWeights gradient, AdamW.Step step) {
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] =
          optimizer.update(
              start + (long) i * FlatWeights.CHUNK, chunks[i], gradient.chunks()[i], step);
    }
  }

  StoredShard write(Path file, Configuration hadoop) {
    float[][] weights = new float[chunks.length][];
    float[][] first = new float[chunks.length][];
    float[][] second = new float[chunks.length][];
    for (int i = 0; i < chunks.length; i++) {
      weights[i] = chunks[i].weights();
      first[i] = chunks[i].firstMoment();
      second[i] = chunks[i].secondMoment();
    }
    return StoredShard.write(
        file,
        start,
        FlatWeights.of(weights),
        FlatWeights.of(first),
        FlatWeights.of(second),
        hadoop);
  }
}
