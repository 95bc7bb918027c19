package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.reward.embedding.TextEmbedding;
import io.hone.executor.reward.metric.Cosine;
import io.hone.executor.reward.metric.RegularizedRelevance;
import io.hone.executor.reward.metric.Tokenizer;
import io.hone.executor.reward.metric.Vocabulary;
import java.util.Optional;

/** Regularized relevance: how near the completion is to the prompt or to the right answer. */
final class RelevanceR3Scorer implements Scorer {
  private static final String CLOSED = "closed";

  private final Options options;
  private final TextEmbedding embedding;
  private final ReferenceColumn reference;

  RelevanceR3Scorer(Options options) {
    this.options = options;
    this.embedding = EmbeddingOptions.embedding(options.embeddings(), options.dimensions());
    this.reference = new ReferenceColumn(options.reference());
  }

  @Override
  public Score score(Sample sample) {
    int[] words = Tokenizer.WHITE_SPACE.ids(sample.completion(), new Vocabulary());
    double repetitionPenalty = RegularizedRelevance.repetitionPenalty(words);
    float[] completion = embedding.vector(sample.completion());
    return Score.of(
        isClosed(sample)
            ? RegularizedRelevance.closed(
                scaled(answerRelevance(completion, sample)), repetitionPenalty)
            : RegularizedRelevance.openEnded(
                promptRelevance(completion, sample),
                lengthIncentive(words.length),
                repetitionPenalty));
  }

  private boolean isClosed(Sample sample) {
    return options.queryType().map(sample.columns()::get).filter(CLOSED::equals).isPresent();
  }

  private double promptRelevance(float[] completion, Sample sample) {
    if (sample.prompt().isBlank()) {
      throw new UnscorableException(
          "the prompt is blank (expected text to compare the completion with)");
    }
    return Cosine.of(completion, embedding.vector(sample.prompt()));
  }

  private double answerRelevance(float[] completion, Sample sample) {
    return reference.nonBlankTexts(sample).stream()
        .mapToDouble(text -> Cosine.of(completion, embedding.vector(text)))
        .max()
        .orElseThrow();
  }

  private double lengthIncentive(int words) {
    int counted = Math.min(words, options.maximumWords().orElse(Integer.MAX_VALUE));
    return RegularizedRelevance.lengthIncentive(counted, options.words());
  }

  private double scaled(double relevance) {
    double share =
        (relevance - options.minimumRelevance())
            / (options.maximumRelevance() - options.minimumRelevance());
    return Math.max(0, Math.min(1, share));
  }

  @Doc(
      "Regularized relevance reward (R^3). For an open-ended query: relevance to the prompt x words / 100"
          + " x repetition penalty; for a closed one: relevance to the reference, scaled to 0 to 1, x"
          + " repetition penalty. Relevance is the cosine of embeddings; the repetition penalty is the"
          + " share of different trigrams of words, 1 with fewer than three words. The best of several"
          + " references counts.")
  record Options(
      @Doc(
              "Column with the type of the query: `closed`, or anything else for open-ended. Without it,"
                  + " all are open-ended.")
          Optional<String> queryType,
      @Doc("Column with the right answer of a closed query, or with a list of right answers.")
          @Default("answer")
          String reference,
      @Doc(EmbeddingOptions.EMBEDDINGS) Optional<String> embeddings,
      @Doc(EmbeddingOptions.DIMENSIONS) @Range(min = 1, max = 1 << 20) Optional<Integer> dimensions,
      @Doc("Words of an open-ended completion that are worth 1.") @Default("100") @Range(min = 1)
          int words,
      @Doc("Words beyond which more are worth no more; without it, there is no bound.")
          @Range(min = 1)
          Optional<Integer> maximumWords,
      @Doc(
              "Relevance to the right answer that is worth 0. (The paper scales by the least and the"
                  + " greatest seen so far.)")
          @Default("0")
          double minimumRelevance,
      @Doc("Relevance to the right answer that is worth 1.") @Default("1") double maximumRelevance)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      EmbeddingOptions.report(embeddings, dimensions, problems);
      if (!(minimumRelevance < maximumRelevance)) {
        problems.add(
            "maximum-relevance",
            maximumRelevance + " is not greater than minimum-relevance " + minimumRelevance);
      }
    }
  }
}
