package io.hone.executor.reward.embedding;

import io.hone.executor.reward.metric.Tokenizer;
import io.hone.executor.reward.metric.WordHash;

/**
 * A hashed bag of words: how often each word of a text ({@link Tokenizer#WORDS}) occurs, at the
 * place {@code hash mod dimensions} of {@link WordHash}. Words that fall together are taken for the
 * same, so similarities are a little too high, the less so the more dimensions there are. No number
 * is negative, and neither is a cosine.
 *
 * @param dimensions length of the vectors, at least 1
 */
public record HashedEmbedding(int dimensions) implements TextEmbedding {

  /** Counts of more than 2^24 of a word stay there. */
  @Override
  public float[] vector(String text) {
    float[] counts = new float[dimensions];
    Tokenizer.WORDS.tokenize(
        text,
        (characters, start, end) -> counts[WordHash.of(characters, start, end, dimensions)]++);
    return counts;
  }
}
