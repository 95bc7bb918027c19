package io.hone.executor.gradient;

import java.io.Serializable;

/**
 * A prompt and the completion to learn.
 *
 * @param tokenIds both
 * @param promptLength tokens of the prompt, at least 1 and fewer than all
 * @param seed of what is random while learning it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TokenSequence(int[] tokenIds, int promptLength, long seed) implements Serializable {

  /** A sequence that no step takes yet, or in which nothing is random. */
  public TokenSequence(int[] tokenIds, int promptLength) {
    this(tokenIds, promptLength, 0);
  }

  /** The same sequence with another seed. */
  public TokenSequence withSeed(long other) {
    return new TokenSequence(tokenIds, promptLength, other);
  }

  /** Tokens of the completion. */
  public int completionTokens() {
    return tokenIds.length - promptLength;
  }
}
