package io.hone.executor.reward.math;

/** A text that is no answer in mathematics, as far as is understood here. */
final class UnreadableException extends RuntimeException {
  /** Without a stack trace: it is no failure, and there may be one for every completion. */
  UnreadableException(String reason) {
    super(reason, null, false, false);
  }
}
