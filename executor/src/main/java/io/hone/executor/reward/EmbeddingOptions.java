package io.hone.executor.reward;

import io.hone.conf.Validated.Problems;
import io.hone.executor.reward.embedding.CheckpointEmbedding;
import io.hone.executor.reward.embedding.HashedEmbedding;
import io.hone.executor.reward.embedding.TextEmbedding;
import java.nio.file.Path;
import java.util.Optional;

/** How scorers choose the vectors of texts. */
final class EmbeddingOptions {
  static final String EMBEDDINGS =
      "Checkpoint directory, one that every executor can read, whose input embeddings make the vector"
          + " of a text: the mean over the tokens of its first 65,536 characters. Without it, a hashed"
          + " bag of words does: how often each lower-case word occurs, at FNV-1a of it modulo"
          + " `dimensions`.";
  static final String DIMENSIONS =
      "Length of the vectors of hashed words, 1024 if not given; words that fall together are taken for"
          + " the same.";

  private static final int DEFAULT_DIMENSIONS = 1024;

  private EmbeddingOptions() {}

  static TextEmbedding embedding(Optional<String> embeddings, Optional<Integer> dimensions) {
    return embeddings.isPresent()
        ? CheckpointEmbedding.of(Path.of(embeddings.get()))
        : new HashedEmbedding(dimensions.orElse(DEFAULT_DIMENSIONS));
  }

  static void report(Optional<String> embeddings, Optional<Integer> dimensions, Problems problems) {
    if (embeddings.isPresent() && dimensions.isPresent()) {
      problems.add("dimensions", "has no effect (expected without embeddings only)");
    }
  }
}
