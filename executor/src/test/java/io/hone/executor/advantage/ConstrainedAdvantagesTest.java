package io.hone.executor.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.AdvantageConfig.Estimator;
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

  @Test
  void bothAdvantagesAreNormalisedByThemselves() {
    GroupRewards group = group(Score.of(300), Score.of(100));
    GroupAdvantages mixed = advantages(group, new Constraint("c", 1, 0.25));
    assertThat(mixed.value(0))
        .isEqualTo(-0.75 * ONE + 0.25 * 100 / (Math.sqrt(2e4) + 1e-4), within(1e-12));
    assertThat(mixed.value(1)).isEqualTo(-mixed.value(0), within(1e-12));
  }

  @Test
  void lessIsBetterWithANegativeSign() {
    GroupRewards group = group(Score.of(1), Score.of(0));
    assertThat(advantages(group, new Constraint("c", -1, 0.5)).value(1))
        .isEqualTo(ONE, within(1e-12));
    assertThat(advantages(group, new Constraint("c", 1, -1)).value(1))
        .as("all of it the negative of the component")
        .isEqualTo(ONE, within(1e-12));
  }

  @Test
  void severalShareTheirWeight() {
    GroupRewards group = group(Score.of(1), Score.of(0));
    GroupAdvantages mixed =
        advantages(group, new Constraint("c", 1, 0.5), new Constraint("c", -1, 0.25));
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
    GroupAdvantages mixed = advantages(group, new Constraint("c", 1, 0.5));
    assertThat(mixed.isIncluded(0)).isTrue();
    assertThat(mixed.isIncluded(2)).isFalse();
    assertThat(mixed.exclusion(2)).contains(Exclusion.NO_REWARD);
  }
}
