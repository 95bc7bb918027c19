package io.hone.executor.reward.sql;

/** Ends a query before it has rows. */
final class QueryEnd extends RuntimeException {
  private final transient QueryOutcome outcome;

  private QueryEnd(QueryOutcome outcome, String reason) {
    super(reason, null, false, false);
    this.outcome = outcome;
  }

  static QueryEnd wrong(String reason) {
    return new QueryEnd(new QueryOutcome.Wrong(reason), reason);
  }

  static QueryEnd stopped(String reason) {
    return new QueryEnd(new QueryOutcome.Stopped(reason), reason);
  }

  static QueryEnd unsupported(String what) {
    String reason = what + " is not run here";
    return new QueryEnd(new QueryOutcome.Unsupported(reason), reason);
  }

  QueryOutcome outcome() {
    return outcome;
  }
}
