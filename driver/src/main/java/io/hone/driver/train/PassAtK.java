package io.hone.driver.train;

/** How often one of k completions passes, estimated from more of them. */
final class PassAtK {
  private PassAtK() {}

  /**
   * The unbiased estimate {@code 1 - C(n - c, k) / C(n, k)} of Chen et al. 2021 ("Evaluating large
   * language models trained on code", equation 1).
   *
   * @param n completions sampled
   * @param c how many of them passed
   * @param k from 1 to n
   */
  static double estimate(int n, int c, int k) {
    double allFail = 1;
    for (int i = n - c + 1; i <= n; i++) {
      allFail *= 1 - (double) k / i;
    }
    return n - c < k ? 1 : 1 - allFail;
  }
}
