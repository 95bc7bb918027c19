package io.hone.executor.reward;

import java.io.Serializable;

/**
 * Where the tokens of a completion end in its text. Asked for only by scorers that give shares to
 * tokens, because it takes decoding.
 */
@FunctionalInterface
public interface TokenEnds extends Serializable {
  /**
   * For each token of the completion, the number of characters (UTF-16) of its text up to and
   * including the token; never less than for the token before. A token that ends the completion and
   * is no text, such as a stop token, ends where the text does.
   */
  int[] find();
}
