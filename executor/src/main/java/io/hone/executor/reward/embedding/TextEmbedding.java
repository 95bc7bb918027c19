package io.hone.executor.reward.embedding;

/**
 * Makes a vector of a text, so that texts that have much in common point in the same direction. A
 * pure function of the text; safe for use by several threads.
 */
@FunctionalInterface
public interface TextEmbedding {
  /**
   * The vector of a text, always of the same length; all zeros if the text has nothing in it. To be
   * compared by direction: its length means nothing.
   */
  float[] vector(String text);
}
