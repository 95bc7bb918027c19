package io.hone.executor.reward.sql;

/** Counts what a query does, and ends one that does too much. */
final class Steps {
  /** Bytes of text that cost as much as a step. */
  private static final int BYTES = 16;

  private final long maximum;
  private long taken;

  Steps(long maximum) {
    this.maximum = maximum;
  }

  /** Takes steps: one is about a node of an expression at one row. */
  void take(long steps) {
    taken += steps;
    if (taken > maximum) {
      throw QueryEnd.stopped("the query takes more than " + maximum + " steps");
    }
  }

  /** Takes the steps of writing text. */
  void takeBytes(long bytes) {
    take(bytes / BYTES);
  }
}
