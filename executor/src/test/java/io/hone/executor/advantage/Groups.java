package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig;
import io.hone.conf.AdvantageConfig.Estimator;
import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.conf.RewardConfig;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Score;
import io.hone.executor.statistics.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Groups and configurations for tests. */
final class Groups {
  static final RewardConfig NO_COMPONENTS = new RewardConfig(List.of());

  private Groups() {}

  /** A group of completions of one token, in which NaN stands for one without a reward. */
  static GroupRewards of(double... rewards) {
    return group(Arrays.stream(rewards).mapToObj(reward -> completion(reward)).toList());
  }

  static GroupRewards group(List<ScoredCompletion> completions) {
    return new GroupRewards(completions, OptionalDouble.empty());
  }

  /** A group with the reward of a greedy completion. */
  static GroupRewards withGreedy(double greedy, double... rewards) {
    return new GroupRewards(of(rewards).completions(), OptionalDouble.of(greedy));
  }

  /** A completion whose tokens earn these rewards; NaN as the only one makes it unscored. */
  static ScoredCompletion completion(double... tokenRewards) {
    return completion(Map.of(), false, tokenRewards);
  }

  static ScoredCompletion masked(double... tokenRewards) {
    return completion(Map.of(), true, tokenRewards);
  }

  static ScoredCompletion completion(
      Map<String, Score> components, boolean masked, double... tokenRewards) {
    double total = Arrays.stream(tokenRewards).sum();
    if (Double.isNaN(total)) {
      return new ScoredCompletion(
          new Reward(Double.NaN, false, "unscored", components), total, Moments.NONE, masked);
    }
    return new ScoredCompletion(
        new Reward(total, true, "", components),
        total,
        Moments.of(DiscountedReturns.of(tokenRewards, all(tokenRewards.length), 1)),
        masked);
  }

  static boolean[] all(int length) {
    boolean[] mask = new boolean[length];
    Arrays.fill(mask, true);
    return mask;
  }

  static AdvantageConfig config(Estimator estimator) {
    return config(estimator, Scale.GROUP, 1e-4, Singleton.ZERO);
  }

  static AdvantageConfig config(
      Estimator estimator, Scale scale, double epsilon, Singleton singleton) {
    return new AdvantageConfig(estimator, scale, epsilon, singleton, false, 1, 0);
  }

  static AdvantageConfig returnToGo(Scale scale, Singleton singleton) {
    return new AdvantageConfig(Estimator.GRPO, scale, 1e-4, singleton, true, 1, 0);
  }

  static StepAdvantages compute(AdvantageConfig config, GroupRewards... groups) {
    return Advantages.compute(List.of(groups), config, NO_COMPONENTS);
  }

  static double[] values(GroupAdvantages group) {
    double[] values = new double[group.size()];
    Arrays.setAll(values, group::value);
    return values;
  }
}
