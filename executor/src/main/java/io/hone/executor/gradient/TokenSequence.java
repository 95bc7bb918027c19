package io.hone.executor.gradient;

import java.io.Serializable;

/**
 * A prompt and the completion to learn.
 *
 * @param tokenIds both
 * @param promptLength tokens of the prompt, at least 1 and fewer than all
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TokenSequence(int[] tokenIds, int promptLength) implements Serializable {

  /** Tokens of the completion. */
  public int completionTokens() {
    return tokenIds.length - promptLength;
  }
}
