package io.hone.executor.shard;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The shards that this JVM updated last, so that the next update need not read them back. The files
 * are the truth: a miss reads them. Given up where memory runs short.
 */
public final class ResidentShards {
  /**
   * Which shard.
   *
   * @param run identity of the run
   * @param shard index of the shard
   */
  record Key(String run, int shard) {}

  private record Entry(long version, SoftReference<ShardState> state) {}

  private static final Map<Key, Entry> STATES = new ConcurrentHashMap<>();

  private ResidentShards() {}

  /**
   * Hands a state over to a task, which may change it: if the task fails, it is not here any more.
   *
   * @return null where this JVM does not have this version
   */
  static ShardState take(Key key, long version) {
    Entry entry = STATES.remove(key);
    return entry == null || entry.version() != version ? null : entry.state().get();
  }

  static void put(Key key, long version, ShardState state) {
    STATES.put(key, new Entry(version, new SoftReference<>(state)));
  }

  /** Forgets a run, at its end. */
  public static void forget(String run) {
    STATES.keySet().removeIf(key -> key.run().equals(run));
  }
}
