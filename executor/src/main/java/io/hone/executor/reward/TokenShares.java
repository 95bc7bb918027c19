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

  /**
   * Adds a component's shares, if it has any, to those of the components before it, if any.
   *
   * @param sum of those before, which this changes; null where none has shares
   * @param shares null where it has none
   */
  static float[] plus(float[] sum, float[] shares, double factor) {
    if (shares == null) {
      return sum;
    }
    float[] result = sum == null ? new float[shares.length] : sum;
    if (result.length != shares.length) {
      throw new IllegalArgumentException(
          "components give shares to " + result.length + " and to " + shares.length + " tokens");
    }
    for (int token = 0; token < result.length; token++) {
      result[token] += (float) (factor * shares[token]);
    }
    return result;
  }

  float[] shares() {
    return shares;
  }
}
