package io.hone.executor.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.AdvantageConfig.Estimator;
import io.hone.conf.ComponentConfig;
import io.hone.conf.ComponentConfig.OnInvalid;
import io.hone.conf.NumberSchedule;
import io.hone.executor.reward.Score;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConstrainedAdvantagesTest {
  /** Deviation of 0 and 1, with the epsilon of the configuration. */
  private static final double ONE = 0.5 / (Math.sqrt(0.5) + 1e-4);

  private static GroupRewards group(Score first, Score second) {
    return Groups.group(
        List.of(
            Groups.completion(Map.of("c", first), false, 0),
            Groups.completion(Map.of("c", second), false, 1)));
  }

  private static GroupAdvantages advantages(GroupRewards group, Constraint... constraints) {
    return Advantages.compute(
            List.of(group),
            Groups.config(Estimator.GRPO),
            Groups.NO_COMPONENTS,
            List.of(constraints))
        .groups()
        .get(0);
  }

  private static ComponentConfig component(OnInvalid onInvalid) {
    return new ComponentConfig("c", "x", NumberSchedule.constant(0), onInvalid, 0.5, null);
  }

  private static Constraint share(int sign, double coefficient) {
    return new Constraint(component(OnInvalid.DROP_SAMPLE), sign, coefficient, true);
  }

  @Test
  void bothAdvantagesAreNormalisedByThemselves() {
    GroupRewards group = group(Score.of(300), Score.of(100));
    GroupAdvantages mixed = advantages(group, share(1, 0.25));
    assertThat(mixed.value(0))
        .isEqualTo(-0.75 * ONE + 0.25 * 100 / (Math.sqrt(2e4) + 1e-4), within(1e-12));
    assertThat(mixed.value(1)).isEqualTo(-mixed.value(0), within(1e-12));
  }

  @Test
  void lessIsBetterWithANegativeSign() {
    GroupRewards group = group(Score.of(1), Score.of(0));
    assertThat(advantages(group, share(-1, 0.5)).value(1)).isEqualTo(ONE, within(1e-12));
    assertThat(advantages(group, share(1, -1)).value(1))
        .as("all of it the negative of the component")
        .isEqualTo(ONE, within(1e-12));
  }

  @Test
  void severalShareTheirWeight() {
    GroupRewards group = group(Score.of(1), Score.of(0));
    GroupAdvantages mixed = advantages(group, share(1, 0.5), share(-1, 0.25));
    assertThat(mixed.value(1)).isEqualTo(ONE * (1 - 0.375 - 0.25 + 0.125), within(1e-12));
  }

  @Test
  void whatLacksTheComponentTakesNoPart() {
    GroupRewards group =
        Groups.group(
            List.of(
                Groups.completion(Map.of("c", Score.of(1)), false, 0),
                Groups.completion(Map.of("c", Score.of(0)), false, 1),
                Groups.completion(Map.of("c", Score.invalid("lost")), false, 1)));
    GroupAdvantages mixed = advantages(group, share(1, 0.5));
    assertThat(mixed.isIncluded(0)).isTrue();
    assertThat(mixed.isIncluded(2)).isFalse();
    assertThat(mixed.exclusion(2)).contains(Exclusion.NO_REWARD);
  }

  @Test
  void whatIsNoShareCountsBesideTheWholeReward() {
    GroupRewards group = group(Score.of(1), Score.of(0));
    Constraint linear = new Constraint(component(OnInvalid.DROP_SAMPLE), 1, 1.5, false);
    assertThat(advantages(group, linear).value(1)).isEqualTo(ONE - 1.5 * ONE, within(1e-12));
    assertThat(advantages(group, linear, share(-1, 0.25)).value(1))
        .isEqualTo(0.75 * ONE - 1.5 * ONE + 0.25 * ONE, within(1e-12));
  }

  /** As in the reward itself, the fixed value stands for what could not be scored. */
  @Test
  void aFixedValueCounts() {
    GroupRewards group = group(Score.of(0), Score.invalid("lost"));
    Constraint constraint = new Constraint(component(OnInvalid.VALUE), 1, 1, true);
    assertThat(advantages(group, constraint).value(1))
        .isEqualTo(0.25 / (Math.sqrt(0.125) + 1e-4), within(1e-12));
  }

  /** Another task's component is no reason to learn nothing from this one. */
  @Test
  void aGroupThatSkipsTheComponentHasTheAdvantagesOfTheReward() {
    GroupRewards lacking = group(Score.invalid("not this task"), Score.invalid("not this task"));
    Constraint skipped = new Constraint(component(OnInvalid.SKIP), 1, 0.5, true);
    assertThat(advantages(lacking, skipped).value(1)).isEqualTo(ONE, within(1e-12));
    GroupRewards partly = group(Score.of(1), Score.invalid("lost"));
    assertThat(advantages(partly, skipped).exclusion(1)).contains(Exclusion.NO_REWARD);
  }
}
