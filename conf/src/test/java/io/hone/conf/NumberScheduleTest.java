package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberScheduleTest {
  private static NumberSchedule kl(String yaml) {
    return Yaml.bind(LossConfig.class, "kl-coefficient: " + yaml).klCoefficient();
  }

  @Test
  void aNumberStays() {
    NumberSchedule schedule = kl("0.04");
    assertThat(schedule.changes()).isFalse();
    assertThat(List.of(schedule.at(0), schedule.at(1_000_000), schedule.value(), schedule.to()))
        .containsOnly(0.04);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "10,1", "11,0.95", "15,0.75", "19,0.55", "20,0.5", "9000000000,0.5"})
  void aLineGoesFromTheOneEndToTheOther(long step, double expected) {
    assertThat(kl("{from: 1, to: 0.5, after: 10, over: 10}").at(step))
        .isEqualTo(expected, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0,0.1", "25,0.22181", "50,0.5160", "75,0.81018", "100,0.932"})
  void aCosineIsFlatAtBothEnds(long step, double expected) {
    NumberSchedule schedule = kl("{from: 0.1, to: 0.932, over: 100, shape: cosine}");
    assertThat(schedule.at(step)).isEqualTo(expected, within(1e-4));
  }

  /** ZeroSearch's probability of noise, of the specification's golden table. */
  @ParameterizedTest
  @CsvSource({"0,0.25", "50,0.284518", "100,0.333333", "200,0.5", "999,0.5"})
  void anExponentialIsSlowAtFirst(long step, double expected) {
    assertThat(kl("{from: 0.25, to: 0.5, over: 200, shape: exponential}").at(step))
        .isEqualTo(expected, within(5e-7));
  }

  @Test
  void anExponentialOfBaseOneIsALine() {
    NumberSchedule line = kl("{from: 1, to: 3, over: 4, shape: exponential, base: 1}");
    assertThat(line.at(1)).isEqualTo(1.5);
    NumberSchedule fast = kl("{from: 0, to: 1, over: 2, shape: exponential, base: 0.25}");
    assertThat(fast.at(1)).isEqualTo(2.0 / 3, within(1e-12));
    assertThatThrownBy(() -> kl("{from: 0, to: 1, over: 2, base: 2}"))
        .hasMessageContaining("base: has no effect (expected with shape: exponential only)");
  }

  @Test
  void endsAreExact() {
    NumberSchedule schedule = kl("{from: 0.1, to: 0.7, over: 3}");
    assertThat(schedule.at(0)).isEqualTo(0.1);
    assertThat(schedule.at(3)).isEqualTo(0.7);
    assertThat(schedule.least()).isEqualTo(0.1);
    assertThat(schedule.greatest()).isEqualTo(0.7);
  }

  @Test
  void aChangeOverOneStepIsAJump() {
    NumberSchedule schedule = kl("{from: 0, to: 1, after: 5, over: 1}");
    assertThat(schedule.at(5)).isZero();
    assertThat(schedule.at(6)).isOne();
  }

  @Test
  void aScheduleThatChangesHasNoOneValue() {
    assertThatThrownBy(() -> kl("{from: 0, to: 1, over: 5}").value())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theRangeOfTheOptionBoundsBothEnds() {
    assertThatThrownBy(() -> kl("{from: 0.1, to: -1, over: 5}"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("kl-coefficient.to: -1 is out of range (expected >= 0)");
    assertThatThrownBy(() -> kl("{from: -0.1, to: 1, over: 5}"))
        .hasMessageContaining("kl-coefficient.from: -0.1 is out of range (expected >= 0)");
    assertThatThrownBy(() -> kl("-0.1"))
        .hasMessageContaining("kl-coefficient: -0.1 is out of range (expected >= 0)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{from: 1, over: 5}|kl-coefficient.to: is required",
        "{to: 1, over: 5}|kl-coefficient.from: is required",
        "{from: 1, to: 2}|kl-coefficient.over: is required",
        "{from: 1, to: 2, over: 0}|kl-coefficient.over: 0 is out of range (expected >= 1 and <= 1",
        "{from: 1, to: 2, over: 1, too: 2}|kl-coefficient.too: unknown key (did you mean 'to'?)",
        "[1]|kl-coefficient: a list stands where a finite number must be",
        "much|kl-coefficient: 'much' is not a finite number",
      })
  void mistakesAreNamed(String yaml, String message) {
    assertThatThrownBy(() -> kl(yaml))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void overridesSetANumberOrAPartOfASchedule() {
    assertThat(Yaml.run("loss.kl-coefficient=0.5").loss().klCoefficient().value()).isEqualTo(0.5);
    NumberSchedule schedule =
        Yaml.run(
                "loss.kl-coefficient=0.5",
                "loss.kl-coefficient.to=0.1",
                "loss.kl-coefficient.over=4")
            .loss()
            .klCoefficient();
    assertThat(schedule.from()).isEqualTo(0.5);
    assertThat(schedule.to()).isEqualTo(0.1);
    assertThat(Yaml.run("loss.clip-high={from: 0.2, to: 0.3, over: 9}").loss().clipHigh().to())
        .isEqualTo(0.3);
  }

  @Test
  void weightsAreThoseOfTheStep() {
    RewardConfig reward =
        Yaml.bind(
            RewardConfig.class,
            "components: [{name: a, type: x, weight: {from: 1, to: 0, over: 4}}, {name: b, type: x}]");
    assertThat(reward.at(1).components())
        .extracting(component -> component.weight().value())
        .containsExactly(0.75, 1.0);
    assertThat(reward.last().components())
        .extracting(component -> component.weight().value())
        .containsExactly(0.0, 1.0);
  }

  @Test
  void someComponentHasAWeightAtEveryStep() {
    String[] arguments = {
      "reward.components=[{name: a, type: x, weight: {from: 1, to: 0, over: 4}},"
          + " {name: b, type: x, weight: {from: 0, to: 1, after: 6, over: 4}}]"
    };
    assertThatThrownBy(() -> Yaml.run(arguments))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("reward.components: all weights are 0 at step 4");
    assertThatThrownBy(
            () ->
                Yaml.run(
                    "reward.components=[{name: a, type: x, weight: {from: -1, to: 3, after: 2, over: 8}}]"))
        .hasMessageContaining("reward.components: all weights are 0 at step 4");
    // No step hits 0, or another component has a weight there.
    Yaml.run("reward.components=[{name: a, type: x, weight: {from: -1, to: 2, over: 10}}]");
    Yaml.run(
        "reward.components=[{name: a, type: x, weight: {from: -1, to: 1, over: 2}}, {name: b, type: x}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss.kl-target=0.1|loss.kl-target: 0.1 steers by factors, and kl-coefficient is 0",
        "loss.kl-horizon=10|loss.kl-horizon: has no effect (expected with kl-target only)",
        "rollout.temperature={from: 1, to: 0, over: 5}|rollout.temperature: 0 makes all completions",
      })
  void optionsMustFitEachOther(String override, String message) {
    assertThatThrownBy(() -> Yaml.run(override))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void targetAndScheduleExcludeEachOther() {
    assertThatThrownBy(
            () -> Yaml.run("loss.kl-coefficient={from: 0.1, to: 1, over: 5}", "loss.kl-target=0.1"))
        .hasMessageContaining("loss.kl-target: 0.1 steers kl-coefficient, which has a schedule");
  }

  @Test
  void theHorizonKeepsTheCoefficientPositive() {
    String[] arguments = {"loss.kl-coefficient=0.1", "loss.kl-target=0.1", "loss.kl-horizon=12"};
    assertThatThrownBy(() -> Yaml.run(arguments))
        .hasMessageContaining("loss.kl-horizon: 12 lets the 64 completions of one step");
  }
}
