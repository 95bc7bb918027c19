package io.hone.executor.reward.metric;

/**
 * Regularized relevance reward, R^3 (Kim and Seo, 2024): relevance alone is earned by copying the
 * query, so it is multiplied with what a copy is short of.
 */
public final class RegularizedRelevance {
  private static final int REPETITION_ORDER = 3;

  private RegularizedRelevance() {}

  /**
   * For an open-ended query: {@code relevance * length incentive * repetition penalty}.
   *
   * @param relevance of the completion to the query
   * @param lengthIncentive {@link #lengthIncentive}
   * @param repetitionPenalty {@link #repetitionPenalty}
   */
  public static double openEnded(
      double relevance, double lengthIncentive, double repetitionPenalty) {
    return relevance * lengthIncentive * repetitionPenalty;
  }

  /**
   * For a query with one right answer: {@code relevance * repetition penalty}.
   *
   * @param relevance of the completion to the answer, scaled to 0 to 1
   * @param repetitionPenalty {@link #repetitionPenalty}
   */
  public static double closed(double relevance, double repetitionPenalty) {
    return relevance * repetitionPenalty;
  }

  /** Words as a share of those that are worth 1, 100 in the paper; it has no bound. */
  public static double lengthIncentive(int words, int wordsWorthOne) {
    return (double) words / wordsWorthOne;
  }

  /** Different trigrams of words as a share of all; 1 with fewer than three words. */
  public static double repetitionPenalty(int[] words) {
    return DistinctNgrams.share(words, REPETITION_ORDER);
  }
}
