package io.hone.executor.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.AdvantageConfig;
import io.hone.conf.AdvantageConfig.Estimator;
import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.executor.reward.Reward;
import io.hone.executor.statistics.Moments;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdvantagesTest {
  private static final double NONE = Double.NaN;

  private static GroupRewards group(double... rewards) {
    return Groups.of(rewards);
  }

  private static AdvantageConfig config(Scale scale, Singleton singleton) {
    return Groups.config(Estimator.GRPO, scale, 1e-4, singleton);
  }

  private static StepAdvantages advantages(Scale scale, GroupRewards... groups) {
    return Groups.compute(config(scale, Singleton.ZERO), groups);
  }

  private static double[] values(GroupAdvantages group) {
    return Groups.values(group);
  }

  private static void requireCounts(
      StepAdvantages step, int groups, int dropped, int degenerate, int samples, int included) {
    assertThat(step.statistics())
        .isEqualTo(
            new AdvantageStatistics(
                groups, dropped, degenerate, samples, included, 0, step.statistics().advantages()));
    assertThat(step.statistics().advantages().count()).isEqualTo(included);
  }

  @Test
  void comparesWithTheGroup() {
    StepAdvantages step = advantages(Scale.GROUP, group(1, 0, 0, 1), group(3, 5));

    double deviation = Math.sqrt(1.0 / 3);
    double high = 0.5 / (deviation + 1e-4);
    assertThat(values(step.groups().get(0))).containsExactly(high, -high, -high, high);
    assertThat(step.groups().get(1).value(1)).isEqualTo(1 / (Math.sqrt(2) + 1e-4));
    requireCounts(step, 2, 0, 0, 6, 6);
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
    requireCounts(with, 2, 0, 0, 6, 5);
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
    requireCounts(step, 5, 4, 0, 8, 2);
  }

  @ParameterizedTest
  @EnumSource
  void equalRewardsTeachNothingButCount(Scale scale) {
    double rounded = 0.1 + 0.2;
    StepAdvantages step = advantages(scale, group(0.3, rounded, 0.3), group(0, 4));

    assertThat(values(step.groups().get(0))).containsOnly(0);
    assertThat(step.groups().get(0).isIncluded(0)).isTrue();
    requireCounts(step, 2, 0, 1, 5, 5);
  }

  @ParameterizedTest
  @EnumSource
  void aGroupOfOneGetsZeroOrItsReward(Scale scale) {
    GroupRewards[] groups = {group(0.7), group(0, 4)};

    StepAdvantages zero = Groups.compute(config(scale, Singleton.ZERO), groups);
    StepAdvantages score = Groups.compute(config(scale, Singleton.SCORE), groups);

    assertThat(zero.groups().get(0).value(0)).isZero();
    assertThat(score.groups().get(0).value(0)).isEqualTo(0.7);
    assertThat(score.groups().get(0).isIncluded(0)).isTrue();
    requireCounts(score, 2, 0, 1, 3, 3);
    requireCounts(zero, 2, 0, 1, 3, 3);
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
    requireCounts(advantages(Scale.BATCH), 0, 0, 0, 0, 0);
  }

  @Test
  void aRewardThatIsNoNumberCannotBeValid() {
    Reward reward = new Reward(1, true, "", Map.of());
    assertThatThrownBy(() -> new ScoredCompletion(reward, NONE, Moments.NONE, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ScoredCompletion(reward, 1, new Moments(1, NONE, 0), false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> group(1, NONE).value(1)).isInstanceOf(IllegalStateException.class);
  }

  /** What the KL penalty takes is no difference, and what is masked teaches nothing. */
  @Test
  void onlyRewardsOfWhatTeachesDiffer() {
    Reward right = new Reward(1, true, "", Map.of());
    ScoredCompletion near = new ScoredCompletion(right, 0.99, Moments.NONE, false);
    ScoredCompletion far = new ScoredCompletion(right, 0.5, Moments.NONE, false);
    ScoredCompletion wrong =
        new ScoredCompletion(new Reward(0, true, "", Map.of()), 0, Moments.NONE, true);
    assertThat(Groups.group(List.of(near, far)).differs()).isFalse();
    assertThat(Groups.group(List.of(near, near, wrong)).differs()).isFalse();
    assertThat(Groups.of(1, 0).differs()).isTrue();
  }

  /** What teaches nothing is not seen by what compares over the step. */
  @Test
  void groupsThatDifferAreAllThereIs() {
    AdvantageConfig batch = config(Scale.BATCH, Singleton.ZERO);
    List<GroupRewards> differing = List.of(Groups.of(1, 0, 0), Groups.of(3, NONE, 1));
    List<GroupRewards> all =
        List.of(Groups.of(2, 2, 2), differing.get(0), Groups.of(NONE, 1, NONE), differing.get(1));
    Function<List<GroupRewards>, StepAdvantages> estimate =
        groups -> Advantages.compute(groups, batch, Groups.NO_COMPONENTS);
    StepAdvantages alone = estimate.apply(differing);
    StepAdvantages filtered = Advantages.ofDiffering(all, estimate);
    for (int member = 0; member < 3; member++) {
      assertThat(filtered.groups().get(1).value(member))
          .isEqualTo(alone.groups().get(0).value(member));
      assertThat(filtered.groups().get(3).value(member))
          .isEqualTo(alone.groups().get(1).value(member));
      assertThat(filtered.groups().get(0).exclusion(member)).contains(Exclusion.EQUAL_REWARDS);
    }
    assertThat(filtered.groups().get(2).exclusion(1)).contains(Exclusion.NO_BASELINE);
    assertThat(filtered.groups().get(3).exclusion(1)).contains(Exclusion.NO_REWARD);
    assertThat(filtered.statistics().degenerateGroups()).isEqualTo(1);
    assertThat(filtered.statistics().includedSamples()).isEqualTo(5);
    assertThat(Advantages.ofDiffering(all.subList(0, 1), estimate).statistics().includedSamples())
        .isZero();
  }
}
