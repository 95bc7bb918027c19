package io.hone.executor.reward.math;

/** Whether two answers are the same. */
public enum Verdict {
  SAME,
  DIFFERENT,
  /** Not found out: one of them is not understood, or has no value that could be compared. */
  UNDECIDED;

  /** Of what is the same only if both parts are. */
  Verdict and(Verdict other) {
    if (this == DIFFERENT || other == DIFFERENT) {
      return DIFFERENT;
    }
    return this == UNDECIDED ? this : other;
  }

  /** Of what is the same if one of both is. */
  public Verdict or(Verdict other) {
    if (this == SAME || other == SAME) {
      return SAME;
    }
    return this == UNDECIDED ? this : other;
  }
}
