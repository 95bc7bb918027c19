package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.conf.ComponentConfig;
import io.hone.executor.reward.Score;
import io.hone.executor.statistics.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Advantages from components of the reward that are normalised one by one, so that none drowns the
 * others: {@code x_i = sum_c w_c (s_ic - mean_c) / (deviation_c + epsilon)} with mean and deviation
 * of the group, then {@code A_i = (x_i - mean) / (deviation + epsilon)} over all completions of the
 * step that are compared.
 *
 * <p>Liu et al. 2026, "GDPO"; numbers as TRL's {@code multi_objective_aggregation:
 * normalize_then_sum}. Sample deviations (n - 1). A component whose deviation in the group is below
 * 1e-8 adds nothing there. What a component counts for that could not be scored is its {@code
 * on-invalid}: with {@code value} its {@code invalid-value}, with {@code skip} nothing, if no
 * completion of the group has it, and the others as much more, as in the reward itself; a
 * completion without a reward counts nowhere.
 */
record Gdpo(List<ComponentConfig> components, double epsilon) implements Estimator {
  Gdpo {
    components = components.stream().filter(component -> component.weight().value() != 0).toList();
  }

  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    List<double[]> sums = groups.stream().map(this::sums).toList();
    double[] compared = sums.stream().flatMapToDouble(Arrays::stream).toArray();
    Moments batch = Moments.of(compared);
    double divisor = batch.deviation() + epsilon;
    return IntStream.range(0, groups.size())
        .mapToObj(
            index -> {
              GroupRewards group = groups.get(index);
              int[] valid = group.valid().toArray();
              return Comparison.of(
                  group,
                  Singleton.ZERO,
                  member ->
                      TokenAdvantage.constant(
                          (sums.get(index)[Arrays.binarySearch(valid, member)] - batch.mean())
                              / divisor));
            })
        .toList();
  }

  /** Of each valid completion of a group that is compared; none of one that is dropped. */
  private double[] sums(GroupRewards group) {
    if (Comparison.isDropped(group)) {
      return new double[0];
    }
    int[] valid = group.valid().toArray();
    double[] sums = new double[valid.length];
    double present = 0;
    for (ComponentConfig component : components) {
      double[] values =
          Arrays.stream(valid)
              .mapToObj(member -> value(component, group, member))
              .flatMapToDouble(OptionalDouble::stream)
              .toArray();
      if (values.length < valid.length) {
        continue;
      }
      present += Math.abs(component.weight().value());
      Moments moments = Moments.of(values);
      if (!moments.vary()) {
        continue;
      }
      for (int i = 0; i < values.length; i++) {
        sums[i] +=
            component.weight().value()
                * (values[i] - moments.mean())
                / (moments.deviation() + epsilon);
      }
    }
    double all =
        components.stream().mapToDouble(component -> Math.abs(component.weight().value())).sum();
    double scale = present == 0 ? 1 : all / present;
    return Arrays.stream(sums).map(sum -> sum * scale).toArray();
  }

  private static OptionalDouble value(ComponentConfig component, GroupRewards group, int member) {
    Score score =
        group
            .completions()
            .get(member)
            .reward()
            .components()
            .get(component.name())
            .countedIn(component);
    return score.valid() ? OptionalDouble.of(score.value()) : OptionalDouble.empty();
  }
}
