package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.executor.reward.embedding.CheckpointEmbedding;
import io.hone.executor.reward.metric.Bmas;
import java.nio.file.Path;
import java.util.List;

/** Bidirectional max-average similarity of the completion's tokens and its reference's. */
final class BmasScorer implements Scorer {
  private final CheckpointEmbedding embedding;
  private final ReferenceColumn reference;
  private final int maximumTokens;

  BmasScorer(Options options) {
    this.embedding = CheckpointEmbedding.of(Path.of(options.embeddings()));
    this.reference = new ReferenceColumn(options.reference());
    this.maximumTokens = options.maximumTokens();
  }

  @Override
  public Score score(Sample sample) {
    List<float[]> completion = embedding.rows(sample.completion(), maximumTokens);
    return Score.of(
        reference.nonBlankTexts(sample).stream()
            .mapToDouble(text -> Bmas.score(completion, embedding.rows(text, maximumTokens)))
            .max()
            .orElseThrow());
  }

  @Doc(
      "Bidirectional max-average similarity (Mixed-R1), from -1 to 1: the mean, over the tokens of"
          + " completion and reference, of the cosine of their embedding with the nearest one of the other"
          + " text. An empty completion is 0; the best of several references counts.")
  record Options(
      @Doc("Column with the reference, or with a list of references.") @Default("answer")
          String reference,
      @Doc(
              "Checkpoint directory, one that every executor can read, with the tokenizer and the input"
                  + " embeddings.")
          String embeddings,
      @Doc(
              "Tokens of each text that are compared: the first ones, and of the first 65,536 characters"
                  + " only. Work grows with their square.")
          @Default("512")
          @Range(min = 1, max = 1 << 16)
          int maximumTokens) {}
}
