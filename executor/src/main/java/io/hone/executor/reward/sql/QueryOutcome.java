package io.hone.executor.reward.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/** What came of running a statement. */
public sealed interface QueryOutcome {
  /** Why there are no rows; empty if there are. */
  String reason();

  /**
   * It ran.
   *
   * @param counts how often each row came, whatever their order; numbers are equal to ten digits,
   *     whole or not, and dates equal their text
   */
  record Rows(Map<List<Object>, Integer> counts) implements QueryOutcome {
    /** Copies the counts. */
    public Rows {
      counts = Map.copyOf(counts);
    }

    @Override
    public String reason() {
      return "";
    }
  }

  /**
   * It is wrong: no query in Spark SQL, or not one over these tables, or one that fails.
   *
   * @param reason what is wrong
   */
  record Wrong(String reason) implements QueryOutcome {
    /** Requires a reason. */
    public Wrong {
      requireNonNull(reason, "reason is null");
    }
  }

  /**
   * It may be right, but was stopped after its steps.
   *
   * @param reason what it took too much of
   */
  record Stopped(String reason) implements QueryOutcome {
    /** Requires a reason. */
    public Stopped {
      requireNonNull(reason, "reason is null");
    }
  }

  /**
   * It may be right, but has something in it that is not run here.
   *
   * @param reason what that is
   */
  record Unsupported(String reason) implements QueryOutcome {
    /** Requires a reason. */
    public Unsupported {
      requireNonNull(reason, "reason is null");
    }
  }
}
