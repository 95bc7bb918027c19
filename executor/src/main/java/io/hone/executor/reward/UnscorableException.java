package io.hone.executor.reward;

/** Thrown by a scorer at a sample that it cannot score; the message becomes the score's reason. */
final class UnscorableException extends RuntimeException {
  /** Without a stack trace: it tells nothing, and a data set may lack a column in every row. */
  UnscorableException(String reason) {
    super(reason, null, false, false);
  }
}
