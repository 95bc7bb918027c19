package io.hone.executor.shard;

import io.hone.executor.rollout.Stopwatch;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.model.AdamW;
import io.hone.kernels.model.AdamWSettings;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SerializableWritable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Makes the next version of a shard's weights and optimiser state: a pure function of the version
 * before and the gradient. Each attempt writes a file of its own.
 *
 * @param run identity of the run, for the cache
 * @param version of the weights before
 * @param shards that version
 * @param layout of the whole sequence
 * @param settings of the optimiser
 * @param step what the update is for all shards
 * @param directory of the next version
 * @param hadoop how to reach files
 */
public record ShardUpdateTask(
    String run,
    long version,
    List<StoredShard> shards,
    Layout layout,
    AdamWSettings settings,
    AdamW.Step step,
    String directory,
    Broadcast<SerializableWritable<Configuration>> hadoop)
    implements Serializable {

  /**
   * Runs inside a Spark task.
   *
   * @throws io.hone.conf.UserException if the version before is gone or damaged, or the next one
   *     cannot be written
   */
  public ShardReport run(int shard, GradientShard gradient) {
    Stopwatch watch = new Stopwatch();
    AdamW optimizer = new AdamW(layout, settings);
    // The norm was finite. On a GPU, a gradient that was computed again may have other bits.
    if (!Double.isFinite(AdamW.norm(optimizer.squares(gradient.gradient())))) {
      throw new IllegalStateException(
          "shard " + shard + ": its gradient, computed again after a loss, is not finite");
    }
    Configuration conf = hadoop.value().value();
    ResidentShards.Key key = new ResidentShards.Key(run, shard);
    ShardState taken = ResidentShards.take(key, version);
    ShardState state = taken == null ? ShardState.read(shards.get(shard), conf) : taken;
    state.update(optimizer, gradient.gradient(), step);
    StoredShard stored = state.write(file(shard), conf);
    ResidentShards.put(key, version + 1, state);
    return new ShardReport(stored, ShardOwner.current(), taken != null, watch.lap());
  }

  private Path file(int shard) {
    long attempt = TaskContext.get().taskAttemptId();
    return new Path(directory, String.format(Locale.ROOT, "shard-%05d.%d", shard, attempt));
  }
}
