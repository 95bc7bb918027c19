package io.hone.conf;

import java.io.Serializable;

/** How rewards become advantages. */
@Doc("How the rewards of a group become the advantages of its completions.")
public record AdvantageConfig(
    @Doc("How advantages are estimated without a critic; ppo does it by GAE.") @Default("grpo")
        Estimator estimator,
    @Doc("What centred rewards are divided by (`grpo`; `grpo-pass-at-k` without `batch`).")
        @Default("group")
        Scale scale,
    @Doc(
            "Added to the standard deviation (`grpo`, `grpo-pass-at-k`, `gdpo`); TRL takes 1e-4, verl"
                + " 1e-6.")
        @Default("1e-4")
        @Range(above = 0)
        double epsilon,
    @Doc("The advantage in a group of one, where completions are compared with their group.")
        @Default("zero")
        Singleton singleton,
    @Doc(
            "Whether each token is worth the rewards from there on, instead of the sum of all (`grpo`);"
                + " the group's mean and deviation are then those of its tokens, each completion"
                + " weighing the same.")
        @Default("false")
        boolean returnToGo,
    @Doc(
            "Factor of what the next token returns (`reinforce-plus-plus`, `return-to-go`, and ppo: gamma).")
        @Default("1.0")
        @Range(min = 0, max = 1)
        double discount,
    @Doc(
            "Completions whose mean advantage is more than this number of deviations from that of the"
                + " step are left out; 3 in StableReinforce; 0 = none.")
        @Default("0.0")
        @Range(min = 0)
        double outlierDeviations)
    implements Validated, Serializable {

  /** Names of estimators. */
  public enum Estimator {
    @Doc("reward less the mean of its group, scaled; with `scale: none`, the mean only (Dr. GRPO)")
    GRPO,
    @Doc("reward less the mean of the others of its group")
    RLOO,
    @Doc("discounted return of each token, whitened over the tokens of the step")
    REINFORCE_PLUS_PLUS,
    @Doc("reward less the mean of its group, whitened over the tokens of the step")
    REINFORCE_PLUS_PLUS_BASELINE,
    @Doc("return of each token less the reward of a greedy completion of the prompt")
    REMAX,
    @Doc("reward less the mean of its group weighted by length")
    OPO,
    @Doc("reward less the mean of its group, times completions over those of non-zero reward")
    GPG,
    @Doc("for the best of its group, reward less the second best, scaled; for the others, 0")
    GRPO_PASS_AT_K,
    @Doc("each component of the reward scaled in its group, their weighted sum over the step")
    GDPO;

    /** Whether a completion's advantage depends on the others of its group. */
    public boolean comparesInGroup() {
      return this != REINFORCE_PLUS_PLUS && this != REMAX;
    }

    /** Whether a completion without others may be worth its reward. */
    boolean takesSingletons() {
      return comparesInGroup() && this != GRPO_PASS_AT_K && this != GDPO;
    }
  }

  /** The standard deviation that scales. */
  public enum Scale {
    @Doc("the standard deviation in the group")
    GROUP,
    @Doc("the standard deviation of all rewards of the step")
    BATCH,
    @Doc("nothing (Dr. GRPO)")
    NONE
  }

  /** What a group of one gets. */
  public enum Singleton {
    @Doc("0")
    ZERO,
    @Doc("the reward itself (verl)")
    SCORE
  }

  static final double DEFAULT_EPSILON = 1e-4;

  @Override
  public void validate(Problems problems) {
    boolean scales = estimator == Estimator.GRPO || estimator == Estimator.GRPO_PASS_AT_K;
    if (scale != Scale.GROUP && !scales) {
      problems.add("scale", "has no effect (expected with estimator: grpo or grpo-pass-at-k only)");
    }
    if (scale == Scale.BATCH && estimator == Estimator.GRPO_PASS_AT_K) {
      problems.add(
          "scale", "batch does not fit estimator: grpo-pass-at-k (expected group or none)");
    }
    if (epsilon != DEFAULT_EPSILON
        && !(scales && scale != Scale.NONE)
        && estimator != Estimator.GDPO) {
      problems.add(
          "epsilon",
          "has no effect (expected with estimator: gdpo, or grpo or grpo-pass-at-k and a scale,"
              + " only)");
    }
    if (singleton != Singleton.ZERO && !estimator.takesSingletons()) {
      problems.add(
          "singleton",
          "has no effect (expected with estimator: grpo, rloo, reinforce-plus-plus-baseline, opo or"
              + " gpg only)");
    }
    if (returnToGo && estimator != Estimator.GRPO) {
      problems.add("return-to-go", "has no effect (expected with estimator: grpo only)");
    }
  }
}
