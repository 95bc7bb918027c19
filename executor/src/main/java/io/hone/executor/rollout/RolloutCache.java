package io.hone.executor.rollout;

import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.Tables;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The rollouts that this JVM wrote in the current step, so that the gradient task beside them need
 * not read them back. The files are the truth: a miss reads them.
 */
public final class RolloutCache {
  /**
   * Which rollouts.
   *
   * @param run identity of the run
   * @param step the step
   * @param partition index of the rollout task
   */
  public record Key(String run, long step, int partition) implements Serializable {}

  private static final Map<Key, List<RolloutRow>> ROWS = new ConcurrentHashMap<>();

  private RolloutCache() {}

  /** Keeps the rows of a partition and forgets those of the run's other steps. */
  static void put(Key key, List<RolloutRow> rows) {
    ROWS.keySet().removeIf(other -> other.run().equals(key.run()) && other.step() != key.step());
    ROWS.put(key, rows);
  }

  /** The rows of a partition, read from {@code file} where this JVM did not write them. */
  public static List<RolloutRow> get(Key key, String file, Configuration hadoop) {
    List<RolloutRow> rows = ROWS.get(key);
    if (rows == null) {
      rows = Tables.ROLLOUTS.read(new Path(file), hadoop);
      put(key, rows);
    }
    return rows;
  }

  /** Forgets a run, at its end. */
  public static void forget(String run) {
    ROWS.keySet().removeIf(key -> key.run().equals(run));
  }
}
