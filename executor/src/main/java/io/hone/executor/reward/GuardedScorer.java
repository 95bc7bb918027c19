package io.hone.executor.reward;

/** Turns whatever goes wrong inside a scorer into an invalid score with a reason. */
final class GuardedScorer implements Scorer {
  private static final int MAX_REASON_LENGTH = 300;

  private final String type;
  private final Scorer scorer;

  GuardedScorer(String type, Scorer scorer) {
    this.type = type;
    this.scorer = scorer;
  }

  @Override
  public Score score(Sample sample) {
    try {
      Score score = scorer.score(sample);
      return score == null ? Score.invalid(type + " gave no score") : checked(score, sample);
    } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
      // Exceptions of all kinds: scorers of other languages need not declare them. Other errors,
      // such as no memory, are about the executor and not about this sample.
      return failure(type, e);
    }
  }

  /** What became of a score whose computation threw. */
  static Score failure(String type, Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return Score.invalid(shortened(reason(type, thrown)));
  }

  private static String reason(String type, Throwable thrown) {
    try {
      String message = thrown instanceof UnscorableException ? thrown.getMessage() : null;
      return message == null || message.isBlank() ? type + " failed: " + thrown : message;
    } catch (RuntimeException e) {
      return type + " failed: " + thrown.getClass().getName();
    }
  }

  private Score checked(Score score, Sample sample) {
    float[] shares = score.perToken();
    return shares == null
            || sample.completionTokens() == Sample.UNKNOWN
            || shares.length == sample.completionTokens()
        ? score
        : Score.invalid(
            "%s gave shares to %d tokens of a completion of %d"
                .formatted(type, shares.length, sample.completionTokens()));
  }

  /** Reasons become cells of a table; messages of exceptions may quote whole completions. */
  private static String shortened(String reason) {
    return reason.length() <= MAX_REASON_LENGTH
        ? reason
        : reason.substring(0, MAX_REASON_LENGTH) + "...";
  }
}
