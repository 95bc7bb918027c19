package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.reward.embedding.TextEmbedding;
import io.hone.executor.reward.metric.Cosine;
import java.util.Optional;

/** The cosine of the completion's vector with its reference's. */
final class EmbeddingSimilarityScorer implements Scorer {
  private final TextEmbedding embedding;
  private final ReferenceColumn reference;

  EmbeddingSimilarityScorer(Options options) {
    this.embedding = EmbeddingOptions.embedding(options.embeddings(), options.dimensions());
    this.reference = new ReferenceColumn(options.reference());
  }

  @Override
  public Score score(Sample sample) {
    float[] completion = embedding.vector(sample.completion());
    return Score.of(
        reference.nonBlankTexts(sample).stream()
            .mapToDouble(text -> Cosine.of(completion, embedding.vector(text)))
            .max()
            .orElseThrow());
  }

  @Doc(
      "The cosine of the completion's embedding with the reference's, from -1 to 1, and from 0 with hashed"
          + " words. 0 for a text without words; the best of several references counts.")
  record Options(
      @Doc("Column with the reference, or with a list of references.") @Default("answer")
          String reference,
      @Doc(EmbeddingOptions.EMBEDDINGS) Optional<String> embeddings,
      @Doc(EmbeddingOptions.DIMENSIONS) @Range(min = 1, max = 1 << 20) Optional<Integer> dimensions)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      EmbeddingOptions.report(embeddings, dimensions, problems);
    }
  }
}
