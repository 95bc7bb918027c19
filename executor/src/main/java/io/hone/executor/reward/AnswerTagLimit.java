package io.hone.executor.reward;

import java.util.Optional;

/**
 * Makes less of the score of a completion with very many {@code <answer>} tags: of guesses in bulk,
 * the last one would count (ReSeek, whose limit is 10).
 */
record AnswerTagLimit(Optional<Integer> limit) {
  /** Describes the option. */
  static final String DOC =
      "Where `<answer>` or `</answer>` occurs more often than this, the value is divided by 4,"
          + " against completions that guess in bulk (ReSeek: 10).";

  private static final Occurrences OPENING = new Occurrences("<answer>");
  private static final Occurrences CLOSING = new Occurrences("</answer>");
  private static final double REST = 0.25;

  /** A certain score, or less. */
  Score score(double value, Sample sample) {
    return Score.of(isPassed(sample.completion()) ? value * REST : value);
  }

  private boolean isPassed(String completion) {
    if (limit.isEmpty()) {
      return false;
    }
    int tooMany = limit.get() + 1;
    return OPENING.in(completion, tooMany) == tooMany || CLOSING.in(completion, tooMany) == tooMany;
  }
}
