package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.RewardConfig;
import io.hone.conf.UserException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scores relative to those of a step, or of the steps before. */
class StepNormalizationTest {
  private static final String VALUE =
      "components:\n  - {name: v, type: column, column: v, weight: 0}\n";

  private static List<Sample> group(Double... values) {
    return Arrays.stream(values)
        .map(
            value -> {
              Map<String, Object> row = new HashMap<>();
              row.put("v", value);
              return RewardYaml.sample("", row);
            })
        .toList();
  }

  private static List<List<Reward>> scored(RewardConfig config, List<List<Sample>> groups) {
    RewardFunction function = RewardFunction.of(config);
    return BatchRewards.of(config, groups.stream().map(function::score).toList());
  }

  private static double value(Reward reward) {
    return reward.components().get("it").value();
  }

  @Test
  void theBatchIsAllGroupsWithoutInvalidScores() {
    RewardConfig config =
        RewardYaml.rewards(VALUE + "  - {name: it, type: batch-normalization, of: v, weight: 2}");
    List<List<Reward>> rewards = scored(config, List.of(group(1.0, 2.0), group(3.0, null)));
    assertThat(value(rewards.get(0).get(0))).isEqualTo(-1);
    assertThat(rewards.get(0).get(0).value()).isEqualTo(-2);
    assertThat(value(rewards.get(0).get(1))).isZero();
    assertThat(value(rewards.get(1).get(0))).isEqualTo(1);
    assertThat(rewards.get(1).get(1).valid()).isFalse();
    assertThat(rewards.get(1).get(1).reason()).contains("column 'v' is null");
  }

  @Test
  void equalScoresOfABatchAreZero() {
    RewardConfig config =
        RewardYaml.rewards(VALUE + "  - {name: it, type: batch-normalization, of: v}");
    assertThat(scored(config, List.of(group(3.0), group(3.0))))
        .allSatisfy(group -> assertThat(group.get(0).value()).isZero());
  }

  @Test
  void noCombinationReadsWhatIsNotKnownYet() {
    assertThatThrownBy(
            () ->
                RewardFunction.of(
                    RewardYaml.rewards(
                        VALUE
                            + "  - {name: z, type: batch-normalization, of: v}\n"
                            + "  - {name: it, type: transform, of: z}")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'z' is no component before 'it' that can be read");
  }

  @Test
  void runningStatisticsReplaceThoseOfTheBeginning() {
    RewardConfig config =
        RewardYaml.rewards(
            VALUE
                + "  - {name: it, type: running-normalization, of: v, mean: 1, deviation: 4}\n"
                + "  - {name: share, type: running-normalization, of: v, statistic: min-max}");
    assertThat(RunningStatistics.inputs(config)).isEqualTo(Map.of("it", "v", "share", "v"));
    List<Reward> first = scored(config, List.of(group(3.0, 0.25))).get(0);
    assertThat(value(first.get(0))).isEqualTo(0.5);
    assertThat(first.get(0).components().get("share").value()).isEqualTo(1);
    assertThat(first.get(1).components().get("share").value()).isEqualTo(0.25);

    RunningStatistics seen = new RunningStatistics(2, 0.5, -1, 7);
    RewardConfig later = RunningStatistics.apply(config, Map.of("it", seen, "share", seen));
    List<Reward> then = scored(later, List.of(group(3.0, -3.0))).get(0);
    assertThat(value(then.get(0))).isEqualTo(2);
    assertThat(then.get(0).components().get("share").value()).isEqualTo(0.5);
    assertThat(then.get(1).components().get("share").value()).isZero();
  }

  @Test
  void scoresThatWereAllTheSameAreZero() {
    RewardConfig config =
        RunningStatistics.apply(
            RewardYaml.rewards(VALUE + "  - {name: it, type: running-normalization, of: v}"),
            Map.of("it", new RunningStatistics(2, 0, 2, 2)));
    assertThat(scored(config, List.of(group(5.0))).get(0).get(0).value()).isZero();
  }

  @Test
  void variancesHaveShares() {
    RewardConfig config =
        RewardYaml.rewards(
            """
            components:
              - {name: a, type: column, column: a, weight: 2}
              - {name: b, type: column, column: b}
              - {name: c, type: column, column: a, weight: 0}
            """);
    RewardFunction function = RewardFunction.of(config);
    List<Reward> rewards =
        function.score(
            List.of(
                RewardYaml.sample("", Map.of("a", 0, "b", 1)),
                RewardYaml.sample("", Map.of("a", 1, "b", 0)),
                RewardYaml.sample("", Map.of("a", "?", "b", 9))));
    // Rewards 1 and 2: the parts 0, 2 and 1, 0 have covariances 2 and -1 with their sum, of 1.
    assertThat(VarianceShares.of(config, rewards)).isEqualTo(Map.of("a", 2.0, "b", -1.0));
    assertThat(VarianceShares.of(config, rewards.subList(0, 1))).isEmpty();
    assertThat(
            VarianceShares.of(config, rewards).values().stream().mapToDouble(share -> share).sum())
        .isEqualTo(1, within(1e-12));
  }
}
