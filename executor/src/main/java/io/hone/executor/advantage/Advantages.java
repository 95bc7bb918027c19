package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig;
import java.util.List;

/** Advantages of a step by the estimator that the configuration names. */
public final class Advantages {
  private Advantages() {}

  /**
   * Computes the advantages of all completions of a step. The result depends on the order of the
   * groups only in the last bits of a standard deviation over the batch, so callers keep the order
   * of the plan.
   *
   * @param groups the rewards of every group of the step
   * @param config estimator, scale, epsilon and what a group of one gets
   */
  public static StepAdvantages compute(List<GroupRewards> groups, AdvantageConfig config) {
    return switch (config.estimator()) {
      case GRPO -> Grpo.advantages(groups, config);
    };
  }
}
