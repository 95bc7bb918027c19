package io.hone.conf;

import java.io.Serializable;

/** How rewards become advantages. */
@Doc("How the rewards of a group become the advantages of its completions.")
public record AdvantageConfig(
    @Doc("How advantages are estimated.") @Default("grpo") Estimator estimator,
    @Doc("What centred rewards are divided by.") @Default("group") Scale scale,
    @Doc("Added to the standard deviation; TRL takes 1e-4, verl 1e-6.")
        @Default("1e-4")
        @Range(above = 0)
        double epsilon,
    @Doc("The advantage in a group of one.") @Default("zero") Singleton singleton)
    implements Serializable {

  /** Names of estimators. */
  public enum Estimator {
    @Doc("reward less the mean of its group")
    GRPO
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
}
