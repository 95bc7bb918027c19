package io.hone.executor.reward.embedding;

import java.util.List;

/** Makes a vector of each token of a text. */
public interface TokenEmbedding extends TextEmbedding {
  /**
   * The vectors of the first tokens of a text, in their order, all of the same length.
   *
   * @param limit number of tokens behind which the text is not looked at; at least 1
   */
  List<float[]> rows(String text, int limit);
}
