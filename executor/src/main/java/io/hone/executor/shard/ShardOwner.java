package io.hone.executor.shard;

import io.hone.executor.model.ExecutorIdentity;
import java.io.Serializable;
import org.apache.spark.SparkEnv;

/**
 * The executor that updated a shard last and so has its state in memory.
 *
 * @param host as Spark names it
 * @param executor Spark's id of it
 */
public record ShardOwner(String host, String executor) implements Serializable {

  /** The executor of the calling task. */
  static ShardOwner current() {
    return new ShardOwner(
        SparkEnv.get().blockManager().blockManagerId().host(), ExecutorIdentity.current());
  }

  /** How Spark takes the wish to run a task there; it runs elsewhere if that executor is gone. */
  public String preferredLocation() {
    return "executor_" + host + "_" + executor;
  }
}
