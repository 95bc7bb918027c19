package io.hone.executor.rollout;

import io.hone.executor.statistics.Moments;
import io.hone.executor.table.RolloutRow;
import java.io.Serializable;

/**
 * What a critic thought of a completion's tokens, and how far off it was.
 *
 * @param values before each token
 * @param returns what the values should have been
 * @param errors returns less values
 */
public record CriticOutcome(Moments values, Moments returns, Moments errors)
    implements Serializable {
  /** Of nothing. */
  public static final CriticOutcome NONE =
      new CriticOutcome(Moments.NONE, Moments.NONE, Moments.NONE);

  static CriticOutcome of(RolloutRow row, RolloutReturns settings) {
    double[] returns = settings.valueReturns(row);
    double[] values = new double[returns.length];
    double[] errors = new double[returns.length];
    for (int token = 0; token < returns.length; token++) {
      values[token] = row.values()[token];
      errors[token] = returns[token] - values[token];
    }
    return new CriticOutcome(Moments.of(values), Moments.of(returns), Moments.of(errors));
  }

  /** Of these tokens and others. */
  public CriticOutcome plus(CriticOutcome other) {
    return new CriticOutcome(
        values.plus(other.values), returns.plus(other.returns), errors.plus(other.errors));
  }

  /**
   * Share of the returns' variance that the values explain: 1 of a perfect critic, 0 of one that
   * says the same everywhere, below 0 of a worse one; NaN where returns do not vary.
   */
  public double explainedVariance() {
    return returns.variance() == 0 ? Double.NaN : 1 - errors.variance() / returns.variance();
  }
}
