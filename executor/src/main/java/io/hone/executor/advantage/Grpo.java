package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig;
import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Group relative advantages: {@code A = (r - mean of the group) / (deviation + epsilon)}.
 *
 * <p>Shao et al. 2024 (DeepSeekMath), with the choices of TRL ({@code scale_rewards} group, batch
 * or none; completions without a reward left out) and of verl (a group of one may keep its reward).
 * Deviations are sample deviations (n - 1).
 */
final class Grpo {
  /** A group whose deviation is below this has equal rewards, rounding aside. */
  private static final double DEGENERATE_DEVIATION = 1e-8;

  private Grpo() {}

  static StepAdvantages advantages(List<GroupRewards> groups, AdvantageConfig config) {
    double batchDeviation = config.scale() == Scale.BATCH ? batchDeviation(groups) : 0;
    List<GroupAdvantages> advantages = new ArrayList<>(groups.size());
    int dropped = 0;
    int degenerate = 0;
    int samples = 0;
    int included = 0;
    for (GroupRewards group : groups) {
      samples += group.size();
      if (isDropped(group)) {
        dropped++;
        advantages.add(GroupAdvantages.none(group.size()));
        continue;
      }
      included += group.validCount();
      Moments moments = Moments.of(validValues(group).toArray());
      if (moments.deviation() < DEGENERATE_DEVIATION) {
        degenerate++;
        advantages.add(degenerate(group, config.singleton()));
        continue;
      }
      double divisor =
          switch (config.scale()) {
            case GROUP -> moments.deviation() + config.epsilon();
            case BATCH -> batchDeviation + config.epsilon();
            case NONE -> 1;
          };
      advantages.add(
          GroupAdvantages.of(group, member -> (group.value(member) - moments.mean()) / divisor));
    }
    return new StepAdvantages(
        advantages, new AdvantageStatistics(groups.size(), dropped, degenerate, samples, included));
  }

  /** A lone reward of a larger group has nothing to be compared with; a group of one never had. */
  private static boolean isDropped(GroupRewards group) {
    return group.validCount() < Math.min(2, group.size()) || group.size() == 0;
  }

  private static GroupAdvantages degenerate(GroupRewards group, Singleton singleton) {
    boolean keepsReward = group.size() == 1 && singleton == Singleton.SCORE;
    return GroupAdvantages.of(group, member -> keepsReward ? group.value(member) : 0);
  }

  private static double batchDeviation(List<GroupRewards> groups) {
    return Moments.of(
            groups.stream()
                .filter(group -> !isDropped(group))
                .flatMapToDouble(Grpo::validValues)
                .toArray())
        .deviation();
  }

  private static DoubleStream validValues(GroupRewards group) {
    DoubleStream.Builder values = DoubleStream.builder();
    for (int member = 0; member < group.size(); member++) {
      if (group.isValid(member)) {
        values.add(group.value(member));
      }
    }
    return values.build();
  }
}
