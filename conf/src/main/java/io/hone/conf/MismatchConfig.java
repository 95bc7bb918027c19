package io.hone.conf;

import java.io.Serializable;

/** Correction for sampling from something else than the old policy of the loss. */
@Doc(
    "Weights of old to sampler probability on the policy loss: another program computed the"
        + " sampler's probabilities, with other rounding.")
public record MismatchConfig(
    @Doc("What weighs the loss of a token.") @Default("none") Correction correction,
    @Doc("Greatest weight; TRL takes 3, verl 2.") @Default("2.0") @Range(above = 0) double maximum,
    @Doc("Least weight.") @Default("0.0") @Range(min = 0) double minimum)
    implements Validated, Serializable {

  /** What stands where nothing is set: no correction. */
  public static final MismatchConfig NONE = new MismatchConfig(Correction.NONE, 2, 0);

  /** Of what the weights are, and what happens to weights out of bounds. Names as in TRL. */
  public enum Correction {
    @Doc("nothing")
    NONE,
    @Doc("the weight of the token, cut to the bounds (truncated importance sampling)")
    TOKEN_TRUNCATE,
    @Doc("the weight of the token, 0 out of the bounds (IcePop)")
    TOKEN_MASK,
    @Doc("the product of the weights of its sequence, cut to the bounds")
    SEQUENCE_TRUNCATE,
    @Doc("the product of the weights of its sequence, 0 out of the bounds")
    SEQUENCE_MASK;

    /** Whether the weight is one of a whole sequence. */
    public boolean isOfSequences() {
      return this == SEQUENCE_TRUNCATE || this == SEQUENCE_MASK;
    }
  }

  @Override
  public void validate(Problems problems) {
    if (correction == Correction.NONE) {
      String noEffect = " has no effect (expected with correction other than none only)";
      if (maximum != NONE.maximum) {
        problems.add("maximum", maximum + noEffect);
      }
      if (minimum != NONE.minimum) {
        problems.add("minimum", minimum + noEffect);
      }
    } else if (minimum >= maximum) {
      problems.add("minimum", minimum + " is not below maximum (expected < " + maximum + ")");
    }
  }
}
