package io.hone.executor.reward;

import java.util.Optional;

/** Where in a completion its answer stands: where a pattern says or, without one, everywhere. */
record AnswerPattern(Optional<TextPattern> pattern) {
  /** Describes the option. */
  static final String DOC =
      "Regular expression (RE2) for the answer: group 1 of its last match, or the match itself"
          + " without groups. Without it, the whole completion is the answer.";

  /**
   * Compiles the pattern.
   *
   * @throws IllegalArgumentException if it has a {@link TextPattern#fault}
   */
  static AnswerPattern compile(Optional<String> regex) {
    return new AnswerPattern(regex.map(TextPattern::compile));
  }

  /** The answer of a completion; empty if the pattern does not match. */
  Optional<String> find(Sample sample) {
    return pattern.isPresent()
        ? pattern.get().last(sample.completion())
        : Optional.of(sample.completion());
  }
}
