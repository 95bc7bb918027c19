package io.hone.executor.advantage;

/**
 * Generalised advantage estimation of one completion: {@code delta_t = r_t + discount * V_next -
 * V_t}, {@code A_t = delta_t + discount * lambda * A_next}, {@code return_t = A_t + V_t}, with the
 * next token under the mask; value and advantage are carried over tokens outside of it.
 *
 * <p>Schulman et al. 2016, equations 11 to 16; numbers as verl's {@code
 * compute_gae_advantage_return} before whitening, which takes all tokens of a step.
 *
 * @param advantages one number per token; where the mask is false that of the next token under it,
 *     or 0
 * @param returns what a critic learns; where the mask is false not to be read
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers; never compared
public record Gae(double[] advantages, double[] returns) {

  /**
   * Estimates the advantages of a completion.
   *
   * @param rewards of each token; not read where the mask is false
   * @param values of the critic before each token; not read where the mask is false
   * @param mask true where a token counts in the loss
   * @param discount from 0 to 1, per token; 1 in verl, TRL and OpenRLHF
   * @param lambda from 0 (one step) to 1 (whole return)
   * @param finalValue what follows the last token: 0 where the completion ended, the critic's value
   *     of the state behind the last token where it was cut and is taken to go on
   */
  public static Gae estimate(
      double[] rewards,
      float[] values,
      boolean[] mask,
      double discount,
      double lambda,
      double finalValue) {
    double[] advantages = new double[rewards.length];
    double[] returns = new double[rewards.length];
    double nextValue = finalValue;
    double nextAdvantage = 0;
    for (int token = rewards.length - 1; token >= 0; token--) {
      if (mask[token]) {
        double delta = rewards[token] + discount * nextValue - values[token];
        nextAdvantage = delta + discount * lambda * nextAdvantage;
        nextValue = values[token];
      }
      advantages[token] = nextAdvantage;
      returns[token] = nextAdvantage + values[token];
    }
    return new Gae(advantages, returns);
  }
}
