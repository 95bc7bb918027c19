package io.hone.conf;

import java.util.Optional;

/** The policy loss. */
@Doc("The clipped policy loss, and how its tokens are added up.")
public record LossConfig(
    @Doc("The ratio of new to old probability is clipped below 1 less this.")
        @Default("0.2")
        @Range(above = 0, max = 1)
        double clipLow,
    @Doc("The ratio of new to old probability is clipped above 1 plus this.")
        @Default("0.2")
        @Range(above = 0)
        double clipHigh,
    @Doc("Bound of the loss, in advantages, where the advantage is negative; without it, none.")
        @Range(above = 1)
        Optional<Double> dualClip,
    @Doc("How token losses become one number.") @Default("token-mean") Aggregation aggregation,
    @Doc(
            "Divisor of `sequence-mean-token-sum-norm`, in tokens; without it,"
                + " `rollout.max-new-tokens`.")
        @Range(min = 1)
        Optional<Integer> normLength,
    @Doc("Factor of the divergence from the reference policy; 0 = no reference.")
        @Default("0.0")
        @Range(min = 0)
        double klCoefficient,
    @Doc("What the divergence from the reference policy is part of.") @Default("loss")
        KlPlacement klIn,
    @Doc("Estimate of the divergence from the reference policy.") @Default("k3")
        KlEstimator klEstimator,
    @Doc("Factor of the entropy bonus; 0 = off.") @Default("0.0") @Range(min = 0)
        double entropyCoefficient)
    implements Validated {

  /** How token losses are aggregated. */
  public enum Aggregation {
    @Doc("mean over all tokens of the mini-batch")
    TOKEN_MEAN,
    @Doc("mean over sequences of the mean over tokens")
    SEQUENCE_MEAN_TOKEN_MEAN,
    @Doc("mean over sequences of the sum over tokens")
    SEQUENCE_MEAN_TOKEN_SUM,
    @Doc("mean over sequences of the sum over tokens, divided by `norm-length` (Dr. GRPO)")
    SEQUENCE_MEAN_TOKEN_SUM_NORM
  }

  /** What the KL term is part of. */
  public enum KlPlacement {
    @Doc("the loss, with a gradient of its own")
    LOSS,
    @Doc("the reward: each token's is less by it, at the weights with which the step began")
    REWARD
  }

  /**
   * Estimators of the KL divergence from the policy to the reference, per token, with x = reference
   * less policy log-probability: Schulman, "Approximating KL divergence", 2020; bounds as in verl's
   * {@code kl_penalty}.
   */
  public enum KlEstimator {
    @Doc("-x")
    K1,
    @Doc("|x|")
    ABS,
    @Doc("x²/2")
    K2,
    @Doc("exp(x) - x - 1 with x within ±20, and itself within ±10")
    K3
  }

  @Override
  public void validate(Problems problems) {
    if (normLength.isPresent() && aggregation != Aggregation.SEQUENCE_MEAN_TOKEN_SUM_NORM) {
      problems.add(
          "norm-length",
          "has no effect (expected with aggregation: sequence-mean-token-sum-norm only)");
    }
    if (klIn == KlPlacement.REWARD && klCoefficient == 0) {
      problems.add("kl-in", "has no effect (expected with kl-coefficient > 0 only)");
    }
  }
}
