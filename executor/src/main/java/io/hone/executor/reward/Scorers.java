package io.hone.executor.reward;

import java.util.List;

/** The kinds of scorers. */
final class Scorers {
  /** One line for each, in the order of their names. */
  static final List<ScorerType<?>> TYPES =
      List.of(
          new ScorerType<>("contains", ContainsScorer.Options.class, ContainsScorer::new),
          new ScorerType<>("count", CountScorer.Options.class, CountScorer::new),
          new ScorerType<>("exact-match", ExactMatchScorer.Options.class, ExactMatchScorer::new),
          new ScorerType<>("format", FormatScorer.Options.class, FormatScorer::new),
          new ScorerType<>("length", LengthScorer.Options.class, LengthScorer::new),
          new ScorerType<>("number-match", NumberMatchScorer.Options.class, NumberMatchScorer::new),
          new ScorerType<>("prefix-match", PrefixMatchScorer.Options.class, PrefixMatchScorer::new),
          new ScorerType<>("regex", RegexScorer.Options.class, RegexScorer::new));

  private Scorers() {}
}
