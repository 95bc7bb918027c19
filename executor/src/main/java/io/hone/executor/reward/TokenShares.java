package io.hone.executor.reward;

/** Rewards of places in a text, on the tokens that spell it. */
final class TokenShares {
  private final int[] tokenEnds;
  private final float[] shares;

  /**
   * @param tokenEnds index in the text behind each token, ascending
   */
  TokenShares(int[] tokenEnds) {
    this.tokenEnds = tokenEnds;
    this.shares = new float[tokenEnds.length];
  }

  /**
   * Adds a reward to the first token that reaches an index of the text, or to the last one: the
   * rule of Wu et al., "Fine-grained human feedback gives better rewards for language model
   * training", 2023. Rewards on one token add up.
   */
  void add(int end, double reward) {
    if (shares.length > 0) {
      int token = 0;
      while (token < shares.length - 1 && tokenEnds[token] < end) {
        token++;
      }
      shares[token] += (float) reward;
    }
  }

  float[] shares() {
    return shares;
  }
}
