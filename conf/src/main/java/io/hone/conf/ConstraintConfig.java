package io.hone.conf;

import java.io.Serializable;

/** A bound on the mean score of a component, kept by a multiplier that learns. */
@Doc(
    "A bound on the mean score of a component. Its multiplier rises while a step's mean is on the wrong side of the"
        + " threshold and falls while it is on the right one; the component's own advantage counts with the coefficient"
        + " that the multiplier makes, and the reward's with what is left.")
public record ConstraintConfig(
    @Doc("Name of the component, whose weight in the reward may be 0.") String component,
    @Doc("The bound.") double threshold,
    @Doc("Which side of the threshold is right.") @Default("at-least") Direction direction,
    @Doc("Multiplier at first.") @Default("0.0") @Range(min = -10, max = 10) double multiplier,
    @Doc("Step of stochastic gradient descent on the multiplier, once a step of the run.")
        @Default("0.01")
        @Range(min = 0)
        double learningRate,
    @Doc("Share of the last gradients that goes on.") @Default("0.9") @Range(min = 0, below = 1)
        double momentum,
    @Doc("Greatest magnitude of a gradient; larger ones are cut.") @Default("1.0") @Range(above = 0)
        double maxGradient)
    implements Serializable {

  /** Which side of the threshold is right. */
  public enum Direction {
    @Doc("the mean should not be less; the coefficient is sigmoid(multiplier), from 0 to 1")
    AT_LEAST,
    @Doc("the mean should not be more; the same, for the negative of the score")
    AT_MOST,
    @Doc("the mean should be the threshold; the coefficient is tanh(multiplier), from -1 to 1")
    EQUAL
  }
}
