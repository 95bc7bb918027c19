package io.hone.executor.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.AdvantageConfig;
import io.hone.conf.AdvantageConfig.Estimator;
import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.executor.reward.Reward;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdvantagesTest {
  private static final double NONE = Double.NaN;

  /** A group in which NaN stands for a completion without a reward. */
  private static GroupRewards group(double... values) {
    boolean[] valid = new boolean[values.length];
    for (int member = 0; member < values.length; member++) {
      valid[member] = !Double.isNaN(values[member]);
    }
    return GroupRewards.of(values, valid);
  }

  private static AdvantageConfig config(Scale scale, Singleton singleton) {
    return new AdvantageConfig(Estimator.GRPO, scale, 1e-4, singleton);
  }

  private static StepAdvantages advantages(Scale scale, GroupRewards... groups) {
    return Advantages.compute(List.of(groups), config(scale, Singleton.ZERO));
  }

  private static double[] values(GroupAdvantages group) {
    double[] values = new double[group.size()];
    Arrays.setAll(values, group::value);
    return values;
  }

  @Test
  void comparesWithTheGroup() {
    StepAdvantages step = advantages(Scale.GROUP, group(1, 0, 0, 1), group(3, 5));

    double deviation = Math.sqrt(1.0 / 3);
    double high = 0.5 / (deviation + 1e-4);
    assertThat(values(step.groups().get(0))).containsExactly(high, -high, -high, high);
    assertThat(step.groups().get(1).value(1)).isEqualTo(1 / (Math.sqrt(2) + 1e-4));
    assertThat(step.statistics()).isEqualTo(new AdvantageStatistics(2, 0, 0, 6, 6));
  }

  @ParameterizedTest
  @EnumSource
  void aMemberWithoutRewardIsNotAZero(Scale scale) {
    StepAdvantages with = advantages(scale, group(5, NONE, 7, 6), group(1, 2));
    StepAdvantages without = advantages(scale, group(5, 7, 6), group(1, 2));

    GroupAdvantages group = with.groups().get(0);
    assertThat(group.isIncluded(1)).isFalse();
    assertThat(group.value(1)).isZero();
    assertThat(new double[] {group.value(0), group.value(2), group.value(3)})
        .containsExactly(values(without.groups().get(0)));
    assertThat(values(with.groups().get(1))).containsExactly(values(without.groups().get(1)));
    assertThat(with.statistics()).isEqualTo(new AdvantageStatistics(2, 0, 0, 6, 5));
  }

  @ParameterizedTest
  @EnumSource
  void aGroupWithFewerThanTwoRewardsIsDropped(Scale scale) {
    StepAdvantages step =
        advantages(
            scale, group(9, NONE, NONE), group(NONE, NONE), group(NONE), group(), group(1, 3));
    StepAdvantages alone = advantages(scale, group(1, 3));

    for (GroupAdvantages dropped : step.groups().subList(0, 4)) {
      for (int member = 0; member < dropped.size(); member++) {
        assertThat(dropped.isIncluded(member)).isFalse();
        assertThat(dropped.value(member)).isZero();
      }
    }
    assertThat(values(step.groups().get(4))).containsExactly(values(alone.groups().get(0)));
    assertThat(step.statistics()).isEqualTo(new AdvantageStatistics(5, 4, 0, 8, 2));
  }

  @ParameterizedTest
  @EnumSource
  void equalRewardsTeachNothingButCount(Scale scale) {
    double rounded = 0.1 + 0.2;
    StepAdvantages step = advantages(scale, group(0.3, rounded, 0.3), group(0, 4));

    assertThat(values(step.groups().get(0))).containsOnly(0);
    assertThat(step.groups().get(0).isIncluded(0)).isTrue();
    assertThat(step.statistics()).isEqualTo(new AdvantageStatistics(2, 0, 1, 5, 5));
  }

  @ParameterizedTest
  @EnumSource
  void aGroupOfOneGetsZeroOrItsReward(Scale scale) {
    List<GroupRewards> groups = List.of(group(0.7), group(0, 4));

    StepAdvantages zero = Advantages.compute(groups, config(scale, Singleton.ZERO));
    StepAdvantages score = Advantages.compute(groups, config(scale, Singleton.SCORE));

    assertThat(zero.groups().get(0).value(0)).isZero();
    assertThat(score.groups().get(0).value(0)).isEqualTo(0.7);
    assertThat(score.groups().get(0).isIncluded(0)).isTrue();
    assertThat(score.statistics()).isEqualTo(new AdvantageStatistics(2, 0, 1, 3, 3));
    assertThat(zero.statistics()).isEqualTo(score.statistics());
  }

  @Test
  void theBatchScalesByOneDeviation() {
    StepAdvantages step = advantages(Scale.BATCH, group(0, 2), group(4, 6));

    double deviation = Math.sqrt((9 + 1 + 1 + 9) / 3.0);
    assertThat(step.groups().get(1).value(1)).isCloseTo(1 / (deviation + 1e-4), within(1e-15));
  }

  @Test
  void noScaleKeepsTheUnitOfRewards() {
    assertThat(values(advantages(Scale.NONE, group(0, 2, 7)).groups().get(0)))
        .containsExactly(-3, -1, 4);
  }

  @Test
  void noGroupsHaveNoAdvantages() {
    assertThat(advantages(Scale.BATCH).groups()).isEmpty();
    assertThat(advantages(Scale.BATCH).statistics())
        .isEqualTo(new AdvantageStatistics(0, 0, 0, 0, 0));
  }

  @Test
  void rewardsComeAsTheyWereGiven() {
    GroupRewards rewards =
        GroupRewards.of(
            List.of(
                new Reward(2, true, "", Map.of()), new Reward(0, false, "no column", Map.of())));

    assertThat(rewards.size()).isEqualTo(2);
    assertThat(rewards.validCount()).isEqualTo(1);
    assertThat(rewards.value(0)).isEqualTo(2);
    assertThatThrownBy(() -> rewards.value(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRewardThatIsNoNumberCannotBeValid() {
    assertThatThrownBy(() -> GroupRewards.of(new double[] {NONE}, new boolean[] {true}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GroupRewards.of(new double[] {1}, new boolean[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
