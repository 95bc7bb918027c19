package io.hone.conf;

import java.io.Serializable;

/** The gates of {@code loss.type: sapo}. */
@Doc("The sigmoid gates of `loss.type: sapo`; higher temperatures fall faster off ratio 1.")
public record SapoConfig(
    @Doc("Temperature of tokens with an advantage above 0.") @Default("1.0") @Range(above = 0)
        double positiveTemperature,
    @Doc("Temperature of the other tokens.") @Default("1.05") @Range(above = 0)
        double negativeTemperature)
    implements Serializable {

  /** What stands where nothing is set: the values of the paper, TRL and verl. */
  public static final SapoConfig DEFAULT = new SapoConfig(1.0, 1.05);
}
