package io.hone.executor.advantage;

/**
 * What each token of a completion returns: {@code G_t = r_t + discount * G_next}, with the next
 * token under the mask. A token outside of the mask, such as one of a tool's answer, neither earns
 * nor discounts: {@code G} is carried over it, as verl's {@code
 * compute_reinforce_plus_plus_outcome_advantage} does.
 */
public final class DiscountedReturns {
  private DiscountedReturns() {}

  /**
   * The returns of a completion.
   *
   * @param rewards of each token; not read where the mask is false
   * @param mask true where a token counts in the loss
   * @param discount from 0 to 1, per token
   * @return one number per token; where the mask is false that of the next token under it, or 0
   */
  public static double[] of(double[] rewards, boolean[] mask, double discount) {
    double[] returns = new double[rewards.length];
    double next = 0;
    for (int token = rewards.length - 1; token >= 0; token--) {
      if (mask[token]) {
        next = rewards[token] + discount * next;
      }
      returns[token] = next;
    }
    return returns;
  }
}
