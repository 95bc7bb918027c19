package io.hone.executor.advantage;

import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.executor.statistics.Moments;
import java.util.List;

/**
 * Leave one out: {@code A_i = r_i - mean of the other rewards of the group}, which is {@code n/(n -
 * 1) (r_i - mean)} over the n completions of the group that have a reward.
 *
 * <p>Ahmadian et al. 2024, "Back to Basics"; numbers as verl's {@code rloo} and as the advantages
 * of TRL's {@code RLOOTrainer} (whose loss, on the ratio of whole sequences, is another matter).
 */
record Rloo(Singleton singleton) implements Estimator {
  @Override
  public List<GroupAdvantages> advantages(List<GroupRewards> groups) {
    return groups.stream().map(this::advantages).toList();
  }

  private GroupAdvantages advantages(GroupRewards group) {
    Moments moments = group.moments();
    double others = (double) moments.count() / (moments.count() - 1);
    return Comparison.of(
        group,
        singleton,
        member -> TokenAdvantage.constant(others * (group.value(member) - moments.mean())));
  }
}
