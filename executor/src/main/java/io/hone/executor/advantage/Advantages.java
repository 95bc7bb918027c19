package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig;
import io.hone.conf.RewardConfig;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Advantages of a step by the estimator that the configuration names. */
public final class Advantages {
  private Advantages() {}

  /**
   * Computes the advantages of all completions of a step. The result depends on the order of the
   * groups only in the last bits of sums over the step, so callers keep the order of the plan.
   *
   * @param groups the rewards of every group of the step
   * @param config the estimator and its options
   * @param reward the components, for estimators that look at them one by one
   */
  public static StepAdvantages compute(
      List<GroupRewards> groups, AdvantageConfig config, RewardConfig reward) {
    return compute(groups, config, reward, List.of());
  }

  /**
   * As {@link #compute(List, AdvantageConfig, RewardConfig)}, with components whose own advantages
   * count beside that of the reward.
   *
   * @param constraints at the coefficients of the step
   */
  public static StepAdvantages compute(
      List<GroupRewards> groups,
      AdvantageConfig config,
      RewardConfig reward,
      List<Constraint> constraints) {
    Estimator estimator = estimator(config, reward);
    return filtered(
        constraints.isEmpty()
            ? estimator.advantages(groups)
            : ConstrainedAdvantages.of(groups, estimator, constraints),
        config);
  }

  /**
   * The advantages of a critic: those of GAE, which the completions have for returns, whitened over
   * all tokens of the step as verl and TRL do.
   */
  public static StepAdvantages whitened(List<GroupRewards> groups, AdvantageConfig config) {
    // What REINFORCE++ does to returns that are no advantages yet.
    return filtered(new ReinforcePlusPlus().advantages(groups), config);
  }

  /**
   * The advantages of the groups whose rewards differ, which do not see the others; those take no
   * part in the update. Dynamic sampling of Yu et al. 2025 (DAPO).
   *
   * @param estimate computes the advantages of the groups that are left
   */
  public static StepAdvantages ofDiffering(
      List<GroupRewards> groups, Function<List<GroupRewards>, StepAdvantages> estimate) {
    List<GroupRewards> differing = groups.stream().filter(GroupRewards::differs).toList();
    Iterator<GroupAdvantages> estimated =
        differing.isEmpty()
            ? Collections.emptyIterator()
            : estimate.apply(differing).groups().iterator();
    return StepAdvantages.of(
        groups.stream()
            .map(
                group ->
                    group.differs()
                        ? estimated.next()
                        : GroupAdvantages.none(
                            group,
                            Comparison.isDropped(group)
                                ? Exclusion.NO_BASELINE
                                : Exclusion.EQUAL_REWARDS))
            .toList());
  }

  private static StepAdvantages filtered(List<GroupAdvantages> estimated, AdvantageConfig config) {
    return StepAdvantages.of(
        config.outlierDeviations() == 0
            ? estimated
            : OutlierFilter.filtered(estimated, config.outlierDeviations()));
  }

  private static Estimator estimator(AdvantageConfig config, RewardConfig reward) {
    return switch (config.estimator()) {
      case GRPO ->
          new Grpo(config.scale(), config.epsilon(), config.singleton(), config.returnToGo());
      case RLOO -> new Rloo(config.singleton());
      case REINFORCE_PLUS_PLUS -> new ReinforcePlusPlus();
      case REINFORCE_PLUS_PLUS_BASELINE -> new ReinforcePlusPlusBaseline(config.singleton());
      case REMAX -> new Remax();
      case OPO -> new Opo(config.singleton());
      case GPG -> new Gpg(config.singleton());
      case GRPO_PASS_AT_K -> new GrpoPassAtK(config.scale(), config.epsilon());
      case GDPO -> new Gdpo(reward.components(), config.epsilon());
    };
  }
}
