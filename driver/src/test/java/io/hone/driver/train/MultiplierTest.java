package io.hone.driver.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.AdvantageConfig;
import io.hone.conf.AdvantageConfig.Estimator;
import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.conf.ComponentConfig;
import io.hone.conf.ComponentConfig.OnInvalid;
import io.hone.conf.ConstraintConfig;
import io.hone.conf.ConstraintConfig.Direction;
import io.hone.conf.ConstraintConfig.Form;
import io.hone.conf.NumberSchedule;
import io.hone.conf.RewardConfig;
import io.hone.executor.advantage.Advantages;
import io.hone.executor.advantage.GroupAdvantages;
import io.hone.executor.advantage.GroupRewards;
import io.hone.executor.advantage.ScoredCompletion;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Score;
import io.hone.executor.statistics.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiplierTest {
  private static final RewardConfig REWARD =
      new RewardConfig(
          List.of(
              new ComponentConfig(
                  "c", "x", NumberSchedule.constant(0), OnInvalid.DROP_SAMPLE, 0, null)));

  private static ConstraintConfig constraint(double threshold, Direction direction) {
    return constraint(threshold, direction, 0.1, 0.9);
  }

  private static ConstraintConfig constraint(
      double threshold, Direction direction, double learningRate, double momentum) {
    return new ConstraintConfig(
        "c", threshold, direction, Form.SIGMOID, 0, learningRate, momentum, 1);
  }

  @Test
  void aLinearMultiplierIsTheCoefficient() {
    ConstraintConfig linear =
        new ConstraintConfig("c", 2, Direction.AT_LEAST, Form.LINEAR, 0.5, 0.1, 0, 10);
    Multiplier first = Multiplier.first(linear);
    assertThat(first.constraint(REWARD).coefficient()).isEqualTo(0.5);
    assertThat(first.constraint(REWARD).shared()).isFalse();
    assertThat(first.next(1).value()).isEqualTo(0.6, within(1e-15));
    assertThat(first.next(12).value()).as("nothing is paid for too little").isZero();
    Multiplier equal =
        Multiplier.first(
            new ConstraintConfig("c", 2, Direction.EQUAL, Form.LINEAR, -0.25, 0.1, 0, 10));
    assertThat(equal.next(3).constraint(REWARD).coefficient()).isEqualTo(-0.35, within(1e-15));
  }

  @Test
  void risesBelowAThresholdToReachAndFallsAboveIt() {
    Multiplier first = Multiplier.first(constraint(2, Direction.AT_LEAST));
    assertThat(first.constraint(REWARD).coefficient()).isEqualTo(0.5);
    // The gradient is sigmoid'(0) (mean - threshold) = -1/4.
    Multiplier second = first.next(1);
    assertThat(second.value()).isEqualTo(0.025, within(1e-15));
    Multiplier third = second.next(2);
    assertThat(third.value()).as("momentum").isEqualTo(0.025 + 0.0225, within(1e-15));
    assertThat(first.next(3).value()).isEqualTo(-0.025, within(1e-15));
    assertThat(first.next(100).value()).as("cut gradient").isEqualTo(-0.1, within(1e-15));
  }

  @Test
  void risesAboveAThresholdToKeep() {
    Multiplier first = Multiplier.first(constraint(2, Direction.AT_MOST));
    assertThat(first.constraint(REWARD).sign()).isEqualTo(-1);
    assertThat(first.next(3).value()).isEqualTo(0.025, within(1e-15));
  }

  @Test
  void maySayTheOppositeToMeetAThreshold() {
    Multiplier first = Multiplier.first(constraint(2, Direction.EQUAL));
    assertThat(first.constraint(REWARD).coefficient()).isZero();
    assertThat(first.next(2.5).constraint(REWARD).coefficient()).isNegative();
    assertThat(first.next(1.5).constraint(REWARD).coefficient()).isPositive();
  }

  @Test
  void staysWithinBounds() {
    Multiplier multiplier = Multiplier.first(constraint(1e9, Direction.AT_LEAST, 1e9, 0));
    assertThat(multiplier.next(0).value()).isEqualTo(10);
  }

  @Test
  void followsFromTheMetricsOfTheStepBefore() {
    ConstraintConfig constraint = constraint(2, Direction.AT_LEAST);
    Multiplier second = Multiplier.first(constraint).next(1);
    Metrics metrics = new Metrics();
    second.addTo(metrics);
    assertThat(Multiplier.after(constraint, metrics)).as("no score, no update").isEqualTo(second);
    metrics.put("constraint/c/mean", 1.5);
    assertThat(Multiplier.after(constraint, metrics)).isEqualTo(second.next(1.5));
  }

  /**
   * A choice between the reward and a component: one completion in two has the one, the other the
   * other. The share of the component settles at its threshold.
   */
  @ParameterizedTest
  @CsvSource({"AT_LEAST, 0.7", "AT_MOST, 0.3", "EQUAL, 0.6"})
  void aBanditSettlesAtTheThreshold(Direction direction, double threshold) {
    ConstraintConfig constraint = constraint(threshold, direction, 0.5, 0);
    boolean opposed = direction != Direction.AT_MOST;
    Multiplier multiplier = Multiplier.first(constraint);
    Random random = new Random(3);
    double logit = 0;
    double sum = 0;
    int steps = 4000;
    for (int step = 0; step < steps; step++) {
      double share = 1 / (1 + Math.exp(-logit));
      boolean[] chosen = new boolean[32];
      List<ScoredCompletion> completions = new ArrayList<>();
      int count = 0;
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = random.nextDouble() < share;
        count += chosen[i] ? 1 : 0;
        double reward = chosen[i] == opposed ? 0 : 1;
        completions.add(
            new ScoredCompletion(
                new Reward(reward, true, "", Map.of("c", Score.of(chosen[i] ? 1 : 0))),
                reward,
                new Moments(1, reward, 0),
                false));
      }
      GroupAdvantages advantages =
          Advantages.compute(
                  List.of(new GroupRewards(completions, OptionalDouble.empty())),
                  new AdvantageConfig(
                      Estimator.GRPO, Scale.GROUP, 1e-4, Singleton.ZERO, false, 1, 0),
                  new RewardConfig(List.of()),
                  List.of(multiplier.constraint(REWARD)))
              .groups()
              .get(0);
      double gradient = 0;
      for (int i = 0; i < chosen.length; i++) {
        gradient += advantages.value(i) * ((chosen[i] ? 1 : 0) - share) / chosen.length;
      }
      logit += 0.2 * gradient;
      multiplier = multiplier.next((double) count / chosen.length);
      sum += step >= steps / 2 ? share : 0;
    }
    assertThat(sum / (steps / 2.0)).isEqualTo(threshold, within(0.05));
  }

  /** With a threshold out of reach, all weight is the component's in the end. */
  @Test
  void aThresholdOutOfReachTakesAllWeight() {
    Multiplier multiplier = Multiplier.first(constraint(1e9, Direction.AT_LEAST));
    for (int step = 0; step < 1000; step++) {
      multiplier = multiplier.next(1);
    }
    assertThat(multiplier.constraint(REWARD).coefficient()).isGreaterThan(0.999);
  }
}
