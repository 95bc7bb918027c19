package io.hone.executor.reward.metric;

/** How little a text repeats itself (distinct-n, after Li et al., 2016). */
public final class DistinctNgrams {
  private DistinctNgrams() {}

  /**
   * Different n-grams as a share of all.
   *
   * @param tokens numbers of a vocabulary
   * @param order n, at least 1
   * @return above 0 to 1; 1 if there are fewer tokens than n, since nothing is said twice
   */
  public static double share(int[] tokens, int order) {
    int total = Ngrams.total(tokens.length, order);
    return total == 0 ? 1 : (double) Ngrams.distinct(tokens, order) / total;
  }
}
