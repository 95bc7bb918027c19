package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import java.util.Arrays;
import java.util.List;

/**
 * Group relative advantages: {@code A = (r - mean of the group) / (deviation + epsilon)}, with the
 * sum of a completion's token rewards as {@code r}.
 *
 * <p>Shao et al. 2024 (DeepSeekMath), with the choices of TRL ({@code scale_rewards} group, batch
 * or none; completions without a reward left out) and of verl (a group of one may keep its reward).
 * Without a scale: Liu et al. 2025 (Dr. GRPO). Deviations are sample deviations (n - 1). Where all
 * rewards of a group are equal, so that its deviation is below 1e-8, all its advantages are 0.
 */
record Grpo(Scale scale, double epsilon, Singleton singleton) implements Estimator {
  /** A group whose deviation is below this has equal rewards, rounding aside. */
  static final double DEGENERATE_DEVIATION = 1e-8;

  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    double batchDeviation = scale == Scale.BATCH ? batchDeviation(groups) : 0;
    return groups.stream().map(group -> advantages(group, batchDeviation)).toList();
  }

  private GroupAdvantages advantages(GroupRewards group, double batchDeviation) {
    Moments moments = group.moments();
    double divisor =
        switch (scale) {
          case GROUP -> moments.deviation() + epsilon;
          case BATCH -> batchDeviation + epsilon;
          case NONE -> 1;
        };
    boolean degenerate = moments.deviation() < DEGENERATE_DEVIATION;
    return Comparison.of(
        group,
        singleton,
        member ->
            TokenAdvantage.constant(
                degenerate ? 0 : (group.value(member) - moments.mean()) / divisor));
  }

  private static double batchDeviation(List<GroupRewards> groups) {
    return Moments.of(
            groups.stream()
                .filter(group -> !Comparison.isDropped(group))
                .flatMapToDouble(group -> Arrays.stream(group.values()))
                .toArray())
        .deviation();
  }
}
