package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.executor.statistics.Moments;
import java.util.Arrays;
import java.util.List;

/**
 * Pass@k GRPO: only the best completion of a group learns, with {@code A = (best reward - second
 * best) / (deviation + epsilon)}, or without the divisor; the others have the advantage 0 and count
 * in the loss's normaliser. Of several best ones none gains anything.
 *
 * <p>Numbers as verl's {@code grpo_passk}, after Tang et al. 2025, "Optimizing Language Models for
 * Inference Time Objectives using Reinforcement Learning". Sample deviation (n - 1); a deviation
 * below 1e-8 makes all advantages 0.
 */
record GrpoPassAtK(Scale scale, double epsilon) implements Estimator {
  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    return groups.stream().map(this::advantages).toList();
  }

  private GroupAdvantages advantages(GroupRewards group) {
    double[] ascending = group.values();
    Arrays.sort(ascending);
    Moments moments = group.moments();
    double divisor = scale == Scale.NONE ? 1 : moments.deviation() + epsilon;
    return Comparison.of(
        group,
        Singleton.ZERO,
        member -> {
          double best = ascending[ascending.length - 1];
          double second = ascending[ascending.length - 2];
          boolean gains = group.value(member) == best && moments.vary();
          return TokenAdvantage.constant(gains ? (best - second) / divisor : 0);
        });
  }
}
