package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import java.util.List;

/**
 * Group relative advantages of tokens: {@code A_t = (G_t - mean) / (deviation + epsilon)}, with the
 * rewards from token {@code t} on as {@code G_t}.
 *
 * <p>Mean and deviation are those of the returns of all tokens of the group in which each
 * completion weighs the same, long or short: {@code mean = 1/n sum_i mean_t(G_it)} and {@code
 * deviation^2 = 1/(n - 1) sum_i mean_t((G_it - mean)^2)}. So the advantages of a group average to
 * 0, and where all reward stands at the last token they are those of {@link Grpo}. The idea is that
 * of process supervision in Shao et al. 2024 (DeepSeekMath, section 4.1.3), which normalises the
 * rewards of steps and then sums; here sums are normalised, so that dense rewards need not be
 * centred one by one. Where the deviation is below 1e-8 all advantages of the group are 0.
 */
record ReturnToGo(Scale scale, double epsilon, Singleton singleton) implements Estimator {

  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    double batchDeviation =
        scale == Scale.BATCH
            ? statistics(groups.stream().filter(group -> !Comparison.isDropped(group)).toList())
                .deviation()
            : 0;
    return groups.stream().map(group -> advantages(group, batchDeviation)).toList();
  }

  private GroupAdvantages advantages(GroupRewards group, double batchDeviation) {
    Statistics statistics = statistics(List.of(group));
    double divisor =
        switch (scale) {
          case GROUP -> statistics.deviation() + epsilon;
          case BATCH -> batchDeviation + epsilon;
          case NONE -> 1;
        };
    boolean degenerate = statistics.deviation() < Grpo.DEGENERATE_DEVIATION;
    return group.size() == 1 && group.validCount() == 1 && singleton == Singleton.SCORE
        ? GroupAdvantages.of(group, member -> TokenAdvantage.ofReturns(0, 1))
        : Comparison.of(
            group,
            singleton,
            member ->
                degenerate
                    ? TokenAdvantage.constant(0)
                    : TokenAdvantage.ofReturns(statistics.mean(), 1 / divisor));
  }

  private record Statistics(double mean, double deviation) {}

  /** Over all tokens, each completion with the same weight. */
  private static Statistics statistics(List<GroupRewards> groups) {
    List<Moments> completions =
        groups.stream()
            .flatMap(
                group ->
                    group.valid().mapToObj(member -> group.completions().get(member).returns()))
            .toList();
    double mean = Moments.of(completions.stream().mapToDouble(Moments::mean).toArray()).mean();
    double squares = 0;
    for (Moments returns : completions) {
      double distance = returns.mean() - mean;
      squares += returns.squares() / Math.max(1, returns.count()) + distance * distance;
    }
    return new Statistics(
        mean, completions.size() < 2 ? 0 : Math.sqrt(squares / (completions.size() - 1)));
  }
}
