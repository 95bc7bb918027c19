package io.hone.executor.reward.answer;

/** Text is no call of a tool; the message says what it is instead. */
public final class UnreadableCallException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableCallException(String message) {
    super(message, null, false, false);
  }
}
