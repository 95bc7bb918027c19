package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ComponentConfig.OnInvalid;
import io.hone.conf.NumberSchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightedSumTest {
  private static final Score LOST = Score.invalid("lost");

  private static ComponentConfig component(String name, double weight, OnInvalid onInvalid) {
    return new ComponentConfig(
        name,
        "regex",
        NumberSchedule.constant(weight),
        onInvalid,
        onInvalid == OnInvalid.VALUE ? -3 : 0,
        null);
  }

  /** Rewards of samples given as rows of scores, in the order of the components. */
  private static List<Reward> rewards(List<ComponentConfig> components, Score[]... rows) {
    List<Map<String, Score>> group = new ArrayList<>();
    for (Score[] row : rows) {
      Map<String, Score> scores = new LinkedHashMap<>();
      for (int index = 0; index < row.length; index++) {
        scores.put(components.get(index).name(), row[index]);
      }
      group.add(scores);
    }
    return new WeightedSum(components).rewards(group);
  }

  private static Score[] row(Object... values) {
    return Arrays.stream(values)
        .map(value -> value instanceof Score score ? score : Score.of((double) value))
        .toArray(Score[]::new);
  }

  private static List<ComponentConfig> two(OnInvalid onInvalid) {
    return List.of(
        component("first", 1, OnInvalid.DROP_SAMPLE), component("second", 0.5, onInvalid));
  }

  @Test
  void dropSampleLeavesTheOthersAlone() {
    List<Reward> rewards = rewards(two(OnInvalid.DROP_SAMPLE), row(1.0, 1.0), row(1.0, LOST));

    assertThat(rewards.get(0).value()).isEqualTo(1.5);
    assertThat(rewards.get(1).valid()).isFalse();
    assertThat(rewards.get(1).reason()).isEqualTo("second: lost");
    assertThat(rewards.get(1).components()).containsEntry("second", LOST);
  }

  @Test
  void dropGroupDropsEveryMember() {
    List<Reward> rewards = rewards(two(OnInvalid.DROP_GROUP), row(1.0, 1.0), row(1.0, LOST));

    assertThat(rewards).noneMatch(Reward::valid);
    assertThat(rewards)
        .extracting(Reward::reason)
        .containsOnly("group dropped: second of sample 1: lost");
    assertThat(rewards.get(0).components()).containsEntry("second", Score.of(1));
  }

  @Test
  void valueCountsAsConfigured() {
    List<Reward> rewards = rewards(two(OnInvalid.VALUE), row(1.0, 1.0), row(1.0, LOST));

    assertThat(rewards).extracting(Reward::value).containsExactly(1.5, 1 + 0.5 * -3);
    assertThat(rewards.get(1).components()).containsEntry("second", LOST);
  }

  @Test
  void skipRenormalisesWhereTheWholeGroupLacksTheComponent() {
    List<Reward> rewards = rewards(two(OnInvalid.SKIP), row(1.0, LOST), row(0.5, LOST));

    assertThat(rewards).extracting(Reward::value).containsExactly(1.5, 0.75);
    assertThat(rewards).allMatch(Reward::valid);
  }

  @Test
  void skipForOneMemberAloneWouldBeASilentZero() {
    List<Reward> rewards = rewards(two(OnInvalid.SKIP), row(1.0, 1.0), row(1.0, LOST));

    assertThat(rewards.get(0).value()).isEqualTo(1.5);
    assertThat(rewards.get(1).valid()).isFalse();
    assertThat(rewards.get(1).reason()).isEqualTo("second: lost");
  }

  @Test
  void penaltiesCountByMagnitudeWhenWeightsAreScaledUp() {
    List<ComponentConfig> components =
        List.of(
            component("right", 1, OnInvalid.DROP_SAMPLE),
            component("long", -0.5, OnInvalid.DROP_SAMPLE),
            component("style", 1.5, OnInvalid.SKIP));

    assertThat(rewards(components, row(1.0, 1.0, LOST)).get(0).value()).isEqualTo(1);
  }

  @Test
  void aGroupWithoutAnyComponentHasNoReward() {
    List<ComponentConfig> components =
        List.of(component("first", 1, OnInvalid.SKIP), component("seen", 0, OnInvalid.DROP_SAMPLE));

    List<Reward> rewards = rewards(components, row(LOST, 1.0), row(LOST, 1.0));

    assertThat(rewards).noneMatch(Reward::valid);
    assertThat(rewards.get(0).reason())
        .isEqualTo("no component with a weight applies to this group");
  }

  @ParameterizedTest
  @EnumSource(
      value = OnInvalid.class,
      names = {"DROP_SAMPLE", "VALUE", "SKIP"})
  void aComponentWithoutWeightIsOnlyRecorded(OnInvalid onInvalid) {
    List<ComponentConfig> components =
        List.of(component("first", 1, OnInvalid.DROP_SAMPLE), component("seen", 0, onInvalid));

    assertThat(rewards(components, row(1.0, LOST), row(2.0, 7.0)))
        .extracting(Reward::value)
        .containsExactly(1.0, 2.0);
  }

  @Test
  void sharesOfTokensAreWeightedAndAddedLikeTheScores() {
    List<ComponentConfig> components =
        List.of(
            component("dense", 2, OnInvalid.DROP_SAMPLE),
            component("whole", 1, OnInvalid.DROP_SAMPLE),
            component("also", -1, OnInvalid.DROP_SAMPLE),
            component("absent", 3, OnInvalid.SKIP));
    Score dense = new Score(3, 1, true, "", new float[] {1, 2});
    Score also = new Score(1, 1, true, "", new float[] {0, 1});

    Reward reward = rewards(components, row(dense, 4.0, also, LOST)).get(0);

    double scale = 7 / 4.0;
    assertThat(reward.value()).isEqualTo(9 * scale);
    assertThat(reward.perToken()).containsExactly((float) (2 * scale), (float) (3 * scale));
    assertThat(rewards(two(OnInvalid.SKIP), row(1.0, 1.0)).get(0).perToken()).isNull();
  }

  @Test
  void aSumThatOverflowsIsInvalid() {
    List<ComponentConfig> components = List.of(component("first", 1e300, OnInvalid.DROP_SAMPLE));

    assertThat(rewards(components, row(1e300)).get(0).reason())
        .isEqualTo("the weighted sum is Infinity");
  }
}
