package io.hone.executor.advantage;

import io.hone.executor.statistics.Moments;
import java.io.Serializable;

/**
 * The advantage of each token of a completion as a function of what the token returns: {@code A_t =
 * offset + factor * G_t}. Estimators that give all tokens of a completion one advantage have the
 * factor 0. So the driver decides on advantages without ever seeing a token, and the gradient task
 * has {@code G_t} from the rollout's row.
 *
 * @param offset advantage of a token that returns 0
 * @param factor of the token's return
 */
public record TokenAdvantage(double offset, double factor) implements Serializable {

  /** The same for each token. */
  public static TokenAdvantage constant(double value) {
    return new TokenAdvantage(value, 0);
  }

  /** What a token returns less a baseline, times a scale. */
  public static TokenAdvantage ofReturns(double baseline, double scale) {
    return new TokenAdvantage(-baseline * scale, scale);
  }

  /** Whether tokens differ only as their returns do, so that these are needed. */
  public boolean dependsOnReturns() {
    return factor != 0;
  }

  /** The advantage of a token with this return. */
  public double of(double tokenReturn) {
    return offset + factor * tokenReturn;
  }

  /** Mean and spread of the advantages of tokens whose returns have this mean and spread. */
  public Moments of(Moments returns) {
    return returns.affine(offset, factor);
  }

  /** The sum of the two. */
  TokenAdvantage plus(TokenAdvantage other) {
    return new TokenAdvantage(offset + other.offset, factor + other.factor);
  }

  /** This advantage less {@code mean}, times {@code scale}. */
  TokenAdvantage standardised(double mean, double scale) {
    return new TokenAdvantage((offset - mean) * scale, factor * scale);
  }
}
