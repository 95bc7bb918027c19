package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.executor.statistics.Moments;
import java.util.List;
import java.util.stream.Stream;

/**
 * Group relative advantages: {@code A = (r - mean of the group) / (deviation + epsilon)}, with the
 * sum of a completion's token rewards as {@code r}.
 *
 * <p>Shao et al. 2024 (DeepSeekMath), with the choices of TRL ({@code scale_rewards} group, batch
 * or none; completions without a reward left out) and of verl (a group of one may keep its reward).
 * Without a scale: Liu et al. 2025 (Dr. GRPO). Deviations are sample deviations (n - 1). Where all
 * rewards of a group are equal, so that its deviation is below 1e-8, all its advantages are 0.
 *
 * <p>With return-to-go, tokens differ: {@code A_t = (G_t - mean) / (deviation + epsilon)}, with the
 * rewards from token {@code t} on as {@code G_t}. Mean and deviation are those of the returns of
 * all tokens of the group in which each completion weighs the same, long or short: {@code mean =
 * 1/n sum_i mean_t(G_it)} and {@code deviation^2 = 1/(n - 1) sum_i mean_t((G_it - mean)^2)}. So the
 * advantages of a group average to 0, and where all reward stands at the last token they are the
 * same as without. The idea is that of process supervision (DeepSeekMath, section 4.1.3), which
 * normalises the rewards of steps and then adds them up; here sums are normalised, so that dense
 * rewards need not be centred one by one.
 *
 * @param returnToGo whether a token is worth the rewards from there on, instead of the sum of all
 */
record Grpo(Scale scale, double epsilon, Singleton singleton, boolean returnToGo)
    implements Estimator {
  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    double batchDeviation =
        scale == Scale.BATCH
            ? Statistics.of(
                    groups.stream()
                        .filter(group -> !Comparison.isDropped(group))
                        .flatMap(this::worth)
                        .toList())
                .deviation()
            : 0;
    return groups.stream().map(group -> advantages(group, batchDeviation)).toList();
  }

  private GroupAdvantages advantages(GroupRewards group, double batchDeviation) {
    Statistics statistics = Statistics.of(worth(group).toList());
    double divisor =
        switch (scale) {
          case GROUP -> statistics.deviation() + epsilon;
          case BATCH -> batchDeviation + epsilon;
          case NONE -> 1;
        };
    boolean degenerate = statistics.deviation() < Moments.LEAST_DEVIATION;
    return Comparison.of(
        group,
        singleton,
        member -> advantage(group, member, 0, 1),
        member ->
            degenerate
                ? TokenAdvantage.constant(0)
                : advantage(group, member, statistics.mean(), divisor));
  }

  private TokenAdvantage advantage(
      GroupRewards group, int member, double baseline, double divisor) {
    return returnToGo
        ? TokenAdvantage.ofReturns(baseline, 1 / divisor)
        : TokenAdvantage.constant((group.value(member) - baseline) / divisor);
  }

  /** What the tokens of each completion are worth: its returns, or the same reward for all. */
  private Stream<Moments> worth(GroupRewards group) {
    return group
        .valid()
        .mapToObj(
            member ->
                returnToGo
                    ? group.completions().get(member).returns()
                    : new Moments(1, group.value(member), 0));
  }

  /** Over the tokens of completions that all weigh the same. */
  private record Statistics(double mean, double deviation) {
    static Statistics of(List<Moments> completions) {
      Moments means = Moments.of(completions.stream().mapToDouble(Moments::mean).toArray());
      double within = 0;
      for (Moments completion : completions) {
        within += completion.squares() / Math.max(1, completion.count());
      }
      return new Statistics(
          means.mean(),
          completions.size() < 2
              ? 0
              : Math.sqrt((means.squares() + within) / (completions.size() - 1)));
    }
  }
}
