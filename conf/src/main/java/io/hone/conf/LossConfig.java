package io.hone.conf;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The policy loss. */
@Doc("The policy loss, what is added to it, and how its tokens are added up.")
public record LossConfig(
    @Doc("What is minimised; r is the ratio of new to old probability, A the advantage.")
        @Default("clip")
        LossType type,
    @Doc("Of what the ratio is, with the types clip, cispo, cispo-minimax and sapo.")
        @Default("token")
        RatioLevel ratio,
    @Doc(
            "The ratio is clipped below 1 less this; a log-ratio below minus this (gmpo), a"
                + " probability that much below the old one (dppo-tv).")
        @Default("0.2")
        @Range(above = 0, max = 1)
        NumberSchedule clipLow,
    @Doc("The same above.") @Default("0.2") @Range(above = 0) NumberSchedule clipHigh,
    @Doc("Bound of the loss, in advantages, where the advantage is negative; without it, none.")
        @Range(above = 1)
        Optional<Double> dualClip,
    @Doc(
            "Greatest ratio: where not clipped with clip, gspo, gspo-token and luspo (TRL's delta;"
                + " without it, none), of the weight with cispo-minimax (TRL's epsilon_high; without it,"
                + " 5) and dppo-tv (verl's clip_ratio_c; without it, 20).")
        @Range(above = 1)
        Optional<Double> ratioCap,
    SapoConfig sapo,
    VespoConfig vespo,
    MismatchConfig mismatch,
    @Doc(
            "Completions with a negative advantage are left out of the policy loss where the mean of"
                + " sampler (or, if not recorded, old) less policy log-probability is above this (TRL's"
                + " off_policy_mask_threshold); without it, none are.")
        Optional<Double> offPolicyThreshold,
    @Doc(
            "Share of the tokens of each completion, those with the largest entropies, that the policy"
                + " loss counts; the mean is still over all tokens. Shares are of completions so that"
                + " results do not depend on how a mini-batch is computed in parts.")
        @Default("1.0")
        @Range(above = 0, max = 1)
        double topEntropyShare,
    @Doc("How token losses become one number; without it, as listed with `type`.")
        Optional<Aggregation> aggregation,
    @Doc(
            "Divisor of `sequence-mean-token-sum-norm`, in tokens; without it,"
                + " `rollout.max-new-tokens`.")
        @Range(min = 1)
        Optional<Integer> normLength,
    @Doc("Factor of the divergence from the reference policy; 0 = no reference.")
        @Default("0.0")
        @Range(min = 0)
        NumberSchedule klCoefficient,
    @Doc(
            "Divergence from the reference policy, per token, that `kl-coefficient` is steered towards"
                + " after each step, beginning with its value; without it, the coefficient is as set.")
        @Range(above = 0)
        Optional<Double> klTarget,
    @Doc("Number of completions over which `kl-target` takes hold; without it, 10000.")
        @Range(min = 1)
        Optional<Long> klHorizon,
    @Doc("What the divergence from the reference policy is part of.") @Default("loss")
        KlPlacement klIn,
    @Doc("Estimate of the divergence from the reference policy.") @Default("k3")
        KlEstimator klEstimator,
    @Doc(
            "Whether the estimate in the loss has the gradient of k2, which in expectation is that of"
                + " the divergence (k1+, abs+ and k3+ in verl).")
        @Default("false")
        boolean klStraightThrough,
    @Doc(
            "Whether the estimate in the loss is weighted by the ratio (TRL's use_bias_correction_kl).")
        @Default("false")
        boolean klBiasCorrection,
    @Doc("Factor of the entropy bonus; 0 = off.") @Default("0.0") @Range(min = 0)
        double entropyCoefficient)
    implements Validated {

  private static final NumberSchedule CLIP = NumberSchedule.constant(0.2);
  private static final long DEFAULT_HORIZON = 10_000;

  /** The policy losses. */
  public enum LossType {
    @Doc(
        "-min(r A, clipped r A): PPO, GRPO, DAPO, Dr. GRPO, BNPO, RLOO, by estimator and"
            + " aggregation (token-mean)")
    CLIP(Aggregation.TOKEN_MEAN),
    @Doc(
        "clip with the ratio of the sequence: TRL's importance_sampling_level sequence"
            + " (sequence-mean-token-mean)")
    GSPO(Aggregation.SEQUENCE_MEAN_TOKEN_MEAN),
    @Doc(
        "its value, with gradients through each token's own ratio: verl's gspo"
            + " (sequence-mean-token-mean)")
    GSPO_TOKEN(Aggregation.SEQUENCE_MEAN_TOKEN_MEAN),
    @Doc("gspo weighted by the length of the sequence (sequence-mean-token-sum)")
    LUSPO(Aggregation.SEQUENCE_MEAN_TOKEN_SUM),
    @Doc("-A log p, weighted by the clipped r: verl's cispo (token-mean)")
    CISPO(Aggregation.TOKEN_MEAN),
    @Doc("-A log p, weighted by r up to `ratio-cap`: TRL's cispo (token-mean)")
    CISPO_MINIMAX(Aggregation.TOKEN_MEAN),
    @Doc("-A times a sigmoid of r in place of clipping (sequence-mean-token-mean)")
    SAPO(Aggregation.SEQUENCE_MEAN_TOKEN_MEAN),
    @Doc(
        "-A times the geometric mean of clipped ratios: verl's geo_mean (sequence-mean-token-mean)")
    GMPO(Aggregation.SEQUENCE_MEAN_TOKEN_MEAN),
    @Doc("-A log p (token-mean)")
    GPG(Aggregation.TOKEN_MEAN),
    @Doc(
        "-A log p, weighted by r up to `ratio-cap`, of tokens whose probability has not moved too"
            + " far (token-mean)")
    DPPO_TV(Aggregation.TOKEN_MEAN),
    @Doc("-A log p, weighted by a soft gate of the sequence's ratio (token-mean)")
    VESPO(Aggregation.TOKEN_MEAN);

    private static final Set<LossType> RATIO = EnumSet.of(CLIP, CISPO, CISPO_MINIMAX, SAPO);
    private static final Set<LossType> CLIPPING =
        EnumSet.of(CLIP, GSPO, GSPO_TOKEN, LUSPO, CISPO, GMPO, DPPO_TV);
    private static final Set<LossType> RATIO_CLIPPING = EnumSet.of(CLIP, GSPO, GSPO_TOKEN, LUSPO);
    private static final Set<LossType> CAPPING =
        EnumSet.of(CLIP, GSPO, GSPO_TOKEN, LUSPO, CISPO_MINIMAX, DPPO_TV);

    private final Aggregation aggregation;

    LossType(Aggregation aggregation) {
      this.aggregation = aggregation;
    }
  }

  /** Of what an importance ratio is. */
  public enum RatioLevel {
    @Doc("the token")
    TOKEN,
    @Doc("the sequence: the geometric mean of the ratios of its tokens")
    SEQUENCE,
    @Doc("the sequence: the product of the ratios of its tokens (TRL's RLOO)")
    SEQUENCE_PRODUCT
  }

  /** How token losses are aggregated. */
  public enum Aggregation {
    @Doc("mean over all tokens of the mini-batch")
    TOKEN_MEAN,
    @Doc("sum over all tokens of the mini-batch")
    TOKEN_SUM,
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
    @Doc("exp(x) - x - 1 with x within ±20, and itself within ±10 (verl)")
    K3,
    @Doc("exp(x) - x - 1 (TRL)")
    K3_UNBOUNDED
  }

  /** The aggregation set, or else the one of the type. */
  public Aggregation effectiveAggregation() {
    return aggregation.orElse(type.aggregation);
  }

  /** The greatest ratio, infinite where there is none. */
  public double effectiveRatioCap() {
    double ofType =
        switch (type) {
          case CISPO_MINIMAX -> 5;
          case DPPO_TV -> 20;
          default -> Double.POSITIVE_INFINITY;
        };
    return ratioCap.orElse(ofType);
  }

  /** Number of completions over which {@code kl-target} takes hold. */
  public long steeringHorizon() {
    return klHorizon.orElse(DEFAULT_HORIZON);
  }

  @Override
  public void validate(Problems problems) {
    validateType(problems);
    validateCombinations(problems);
    if (normLength.isPresent()
        && effectiveAggregation() != Aggregation.SEQUENCE_MEAN_TOKEN_SUM_NORM) {
      problems.add(
          "norm-length",
          "has no effect (expected with aggregation: sequence-mean-token-sum-norm only)");
    }
    boolean hasKl = klCoefficient.greatest() > 0;
    if (!hasKl) {
      noEffect(problems, "kl-in", klIn == KlPlacement.REWARD, "kl-coefficient > 0");
    }
    if (!hasKl || klIn == KlPlacement.REWARD) {
      String expected = "kl-coefficient > 0 and kl-in: loss";
      noEffect(problems, "kl-straight-through", klStraightThrough, expected);
      noEffect(problems, "kl-bias-correction", klBiasCorrection, expected);
    }
    noEffect(
        problems,
        "kl-straight-through",
        klStraightThrough && klEstimator == KlEstimator.K2,
        "kl-estimator other than k2");
    validateKlTarget(problems);
  }

  private void validateKlTarget(Problems problems) {
    if (klHorizon.isPresent() && klTarget.isEmpty()) {
      problems.add("kl-horizon", "has no effect (expected with kl-target only)");
    }
    if (klTarget.isPresent() && klCoefficient.changes()) {
      problems.add(
          "kl-target",
          klTarget.get()
              + " steers kl-coefficient, which has a schedule (expected one of the two: a number as"
              + " kl-coefficient, or no kl-target)");
    } else if (klTarget.isPresent() && klCoefficient.from() == 0) {
      problems.add(
          "kl-target",
          klTarget.get() + " steers by factors, and kl-coefficient is 0 (expected > 0)");
    }
  }

  /** Options that only some types read. */
  private void validateType(Problems problems) {
    noEffect(problems, "ratio", ratio != RatioLevel.TOKEN, LossType.RATIO);
    noEffect(problems, "clip-low", !clipLow.equals(CLIP), LossType.CLIPPING);
    noEffect(problems, "clip-high", !clipHigh.equals(CLIP), LossType.CLIPPING);
    noEffect(problems, "dual-clip", dualClip.isPresent(), EnumSet.of(LossType.CLIP));
    noEffect(problems, "ratio-cap", ratioCap.isPresent(), LossType.CAPPING);
    noEffect(problems, "sapo", !sapo.equals(SapoConfig.DEFAULT), EnumSet.of(LossType.SAPO));
    noEffect(problems, "vespo", !vespo.equals(VespoConfig.DEFAULT), EnumSet.of(LossType.VESPO));
  }

  private void validateCombinations(Problems problems) {
    if (LossType.RATIO_CLIPPING.contains(type) && effectiveRatioCap() <= 1 + clipHigh.greatest()) {
      problems.add(
          "ratio-cap",
          effectiveRatioCap() + " is below where clipping begins (expected > 1 + clip-high)");
    }
    if (type == LossType.VESPO && mismatch.correction().isOfSequences()) {
      problems.add(
          "mismatch.correction",
          Names.kebab(mismatch.correction())
              + " does not go with type: vespo, which multiplies over the sequence itself (expected"
              + " none, token-truncate or token-mask)");
    }
  }

  private void noEffect(Problems problems, String key, boolean set, Set<LossType> expected) {
    if (!expected.contains(type)) {
      String types = String.join(", ", expected.stream().map(Names::kebab).toList());
      noEffect(problems, key, set, "type: " + types);
    }
  }

  private static void noEffect(Problems problems, String key, boolean set, String expected) {
    if (set) {
      problems.add(key, "has no effect (expected with " + expected + " only)");
    }
  }
}
