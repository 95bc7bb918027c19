package io.hone.driver.exchange;

import io.hone.executor.shard.ShardPlan;
import io.hone.executor.shard.SliceFile;
import io.hone.executor.shard.StoredSequence;
import io.hone.executor.shard.StoredShard;
import io.hone.executor.shard.StoredSlice;
import io.hone.executor.table.HadoopFiles;
import io.hone.executor.table.StorageFailures;
import io.hone.kernels.checkpoint.FlatSequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SerializableWritable;
import org.apache.spark.broadcast.Broadcast;

/**
 * The directory that a sharded exchange keeps weights and optimiser state in, a directory for each
 * version: {@code <version>/shard-SSSSS.<attempt>}. Nothing in it outlives the exchange.
 */
final class ShardDirectory implements AutoCloseable {
  private final Path root;
  private final ShardPlan plan;
  private final Broadcast<SerializableWritable<Configuration>> hadoop;

  /**
   * @param root of this exchange alone, on a file system that driver and executors share
   */
  ShardDirectory(
      String root, ShardPlan plan, Broadcast<SerializableWritable<Configuration>> hadoop) {
    this.root = new Path(root);
    this.plan = plan;
    this.hadoop = hadoop;
  }

  String identity() {
    return root.toString();
  }

  /** The directory of a version. */
  Path version(long version) {
    return new Path(root, String.format(Locale.ROOT, "%08d", version));
  }

  /** Writes a version shard by shard, from wherever it is. */
  List<StoredShard> write(long version, FlatSequence weights, OptimizerState state) {
    List<StoredShard> shards = new ArrayList<>();
    for (int shard = 0; shard < plan.shards(); shard++) {
      long start = plan.start(shard);
      long end = plan.end(shard);
      shards.add(
          StoredShard.write(
              file(version(version), shard),
              start,
              weights.slice(start, end),
              state.firstMoment().slice(start, end),
              state.secondMoment().slice(start, end),
              configuration()));
    }
    return shards;
  }

  /** Writes weights without optimiser state, which stay until the exchange is closed. */
  StoredSequence writeReference(FlatSequence weights) {
    Path directory = new Path(root, "reference");
    List<StoredSlice> slices = new ArrayList<>();
    for (int shard = 0; shard < plan.shards(); shard++) {
      long start = plan.start(shard);
      FlatSequence range = weights.slice(start, plan.end(shard));
      slices.addAll(
          SliceFile.write(file(directory, shard), start, List.of(range), configuration()));
    }
    return new StoredSequence(slices, hadoop);
  }

  /** One part of all shards as a sequence. */
  StoredSequence sequence(List<StoredShard> shards, Function<StoredShard, StoredSlice> part) {
    return new StoredSequence(shards.stream().map(part).toList(), hadoop);
  }

  /** Deletes a version, if it is there. */
  void delete(long version) {
    delete(version(version), true);
  }

  /** Deletes everything. */
  @Override
  public void close() {
    delete(root, true);
    try {
      // Where another driver has taken the run over, its directory is beside this one.
      if (fileSystem().listStatus(root.getParent()).length == 0) {
        delete(root.getParent(), false);
      }
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(root.getParent(), e);
    }
  }

  private static Path file(Path directory, int shard) {
    return new Path(directory, String.format(Locale.ROOT, "shard-%05d.driver", shard));
  }

  private void delete(Path path, boolean recursive) {
    try {
      fileSystem().delete(path, recursive);
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(path, e);
    }
  }

  private FileSystem fileSystem() throws IOException {
    return HadoopFiles.fileSystem(root, configuration());
  }

  private Configuration configuration() {
    return hadoop.value().value();
  }
}
