package io.hone.executor.reward;

import java.util.List;
import java.util.stream.Stream;

/** The kinds of scorers. */
final class Scorers {
  /** One line for each, in the order of their names. */
  static final List<ScorerType<?>> TYPES =
      List.of(
          new ScorerType<>("bleu", BleuScorer.Options.class, BleuScorer::new),
          new ScorerType<>("bmas", BmasScorer.Options.class, BmasScorer::new),
          new ScorerType<>("chrf", ChrfScorer.Options.class, ChrfScorer::new),
          new ScorerType<>("citation", CitationScorer.Options.class, CitationScorer::new),
          new ScorerType<>("code-tests", CodeTestsScorer.Options.class, CodeTestsScorer::new),
          new ScorerType<>("column", ColumnScorer.Options.class, ColumnScorer::new),
          new ScorerType<>("contains", ContainsScorer.Options.class, ContainsScorer::new),
          new ScorerType<>("count", CountScorer.Options.class, CountScorer::new),
          new ScorerType<>("distinct", DistinctScorer.Options.class, DistinctScorer::new),
          new ScorerType<>(
              "edit-similarity", EditSimilarityScorer.Options.class, EditSimilarityScorer::new),
          new ScorerType<>(
              "embedding-similarity",
              EmbeddingSimilarityScorer.Options.class,
              EmbeddingSimilarityScorer::new),
          new ScorerType<>("exact-match", ExactMatchScorer.Options.class, ExactMatchScorer::new),
          new ScorerType<>("format", FormatScorer.Options.class, FormatScorer::new),
          new ScorerType<>("json-schema", JsonSchemaScorer.Options.class, JsonSchemaScorer::new),
          new ScorerType<>("length", LengthScorer.Options.class, LengthScorer::new),
          new ScorerType<>("list-match", ListMatchScorer.Options.class, ListMatchScorer::new),
          new ScorerType<>("math-answer", MathAnswerScorer.Options.class, MathAnswerScorer::new),
          new ScorerType<>(
              "multiple-choice", MultipleChoiceScorer.Options.class, MultipleChoiceScorer::new),
          new ScorerType<>("number", NumberScorer.Options.class, NumberScorer::new),
          new ScorerType<>("number-match", NumberMatchScorer.Options.class, NumberMatchScorer::new),
          new ScorerType<>("order", OrderScorer.Options.class, OrderScorer::new),
          new ScorerType<>("prefix-match", PrefixMatchScorer.Options.class, PrefixMatchScorer::new),
          new ScorerType<>("ranking", RankingScorer.Options.class, RankingScorer::new),
          new ScorerType<>("regex", RegexScorer.Options.class, RegexScorer::new),
          new ScorerType<>("relevance-r3", RelevanceR3Scorer.Options.class, RelevanceR3Scorer::new),
          new ScorerType<>("repetition", RepetitionScorer.Options.class, RepetitionScorer::new),
          new ScorerType<>("rouge", RougeScorer.Options.class, RougeScorer::new),
          new ScorerType<>("script", ScriptScorer.Options.class, ScriptScorer::new),
          new ScorerType<>("sql", SqlScorer.Options.class, SqlScorer::new),
          new ScorerType<>("token-f1", TokenF1Scorer.Options.class, TokenF1Scorer::new),
          new ScorerType<>("tool-call", ToolCallScorer.Options.class, ToolCallScorer::new));

  private Scorers() {}

  /**
   * Those of Hone and of other jars.
   *
   * @throws io.hone.conf.UserException if one of another jar cannot be loaded
   */
  static List<ScorerType<?>> all() {
    return Stream.concat(TYPES.stream(), ProvidedScorers.types().stream()).toList();
  }
}
