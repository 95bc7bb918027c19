package io.hone.executor.reward.metric;

/** Takes the tokens of a text one by one, without making a string of each. */
@FunctionalInterface
public interface TokenSink {
  /** A token: the characters from {@code start} to before {@code end}, at least one. */
  void token(char[] text, int start, int end);
}
