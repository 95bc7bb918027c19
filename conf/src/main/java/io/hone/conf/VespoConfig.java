package io.hone.conf;

import java.io.Serializable;

/** The weights of {@code loss.type: vespo}. */
@Doc(
    "The weights exp(lambda + k log w - lambda w) of `loss.type: vespo`, where w is the product of"
        + " the ratios of a sequence.")
public record VespoConfig(
    @Doc("k where the advantage is not negative.") @Default("2.0") @Range(min = 0) double positiveK,
    @Doc("lambda where the advantage is not negative.") @Default("3.0") @Range(above = 0)
        double positiveLambda,
    @Doc("k where the advantage is negative.") @Default("3.0") @Range(min = 0) double negativeK,
    @Doc("lambda where the advantage is negative.") @Default("2.0") @Range(above = 0)
        double negativeLambda)
    implements Serializable {

  /** What stands where nothing is set: the values of TRL. */
  public static final VespoConfig DEFAULT = new VespoConfig(2, 3, 3, 2);
}
