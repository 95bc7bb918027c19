package io.hone.executor.reward.sql;

/** Counts what a query does, and ends one that does too much. */
final class Steps {
  /** Bytes of text that cost as much as a step to go through. */
  private static final int BYTES = 64;

  /**
   * Those of the statement that a thread runs: Spark calls functions with nothing but their
   * arguments. Each statement has a thread of its own.
   */
  private static final ThreadLocal<Steps> CURRENT = new ThreadLocal<>();

  private final long maximum;
  private long taken;

  private Steps(long maximum) {
    this.maximum = maximum;
  }

  /** Begins to count what this thread does. */
  static Steps begin(long maximum) {
    CURRENT.set(new Steps(maximum));
    return CURRENT.get();
  }

  /** What counts what this thread does. */
  static Steps current() {
    return CURRENT.get();
  }

  /** Takes steps: one is about a node of an expression at one row. */
  void take(long steps) {
    taken += steps;
    if (taken > maximum) {
      throw QueryEnd.stopped("the query takes more than " + maximum + " steps");
    }
  }

  /** Takes the steps of going through text. */
  void takeBytes(long bytes) {
    take(bytes / BYTES);
  }
}
