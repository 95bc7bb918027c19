package io.hone.conf;

import java.io.Serializable;

/** A bound on the mean score of a component, kept by a multiplier that learns. */
@Doc(
    "A bound on the mean score of a component. Its multiplier rises while a step's mean is on the wrong side of the"
        + " threshold and falls while it is on the right one; the component's own advantage counts beside the reward's"
        + " with the coefficient that the multiplier makes. Where the component's `on-invalid` is `skip`, groups that"
        + " lack it have the reward's advantages.")
public record ConstraintConfig(
    @Doc("Name of the component, whose weight in the reward may be 0.") String component,
    @Doc("The bound.") double threshold,
    @Doc("Which side of the threshold is right.") @Default("at-least") Direction direction,
    @Doc("What the multiplier makes of the two advantages.") @Default("sigmoid") Form form,
    @Doc("Multiplier at first; the authors' code has 0.5 with `form: linear`.")
        @Default("0.0")
        @Range(min = -10, max = 10)
        double multiplier,
    @Doc("Step of stochastic gradient descent on the multiplier, once a step of the run.")
        @Default("0.01")
        @Range(min = 0)
        double learningRate,
    @Doc("Share of the last gradients that goes on.") @Default("0.9") @Range(min = 0, below = 1)
        double momentum,
    @Doc("Greatest magnitude of a gradient; larger ones are cut.") @Default("1.0") @Range(above = 0)
        double maxGradient)
    implements Validated, Serializable {

  /** Which side of the threshold is right. */
  public enum Direction {
    @Doc("the mean should not be less")
    AT_LEAST,
    @Doc("the mean should not be more; the negative of the score is what has the advantage")
    AT_MOST,
    @Doc("the mean should be the threshold")
    EQUAL
  }

  /** What the multiplier makes of the two advantages. */
  public enum Form {
    @Doc(
        "the coefficient is sigmoid(multiplier), from 0 to 1, with `direction: equal` tanh(multiplier), from -1 to 1;"
            + " the reward's advantage counts with what is left")
    SIGMOID,
    @Doc(
        "the coefficient is the multiplier, not below 0 unless `direction: equal`; the reward's advantage"
            + " counts in full")
    LINEAR
  }

  @Override
  public void validate(Problems problems) {
    if (form == Form.LINEAR && direction != Direction.EQUAL && multiplier < 0) {
      problems.add(
          "multiplier",
          multiplier + " (expected 0 or more with form: linear, unless direction is equal)");
    }
  }
}
