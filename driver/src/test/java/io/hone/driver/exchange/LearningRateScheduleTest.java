package io.hone.driver.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.OptimizerConfig;
import io.hone.conf.OptimizerConfig.Schedule;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  private static LearningRateSchedule schedule(
      Schedule schedule, int warmup, double minimum, long updates) {
    return new LearningRateSchedule(
        new OptimizerConfig(2.0, 0.9, 0.999, 1e-8, 0, 1, schedule, warmup, minimum), updates);
  }

  @Test
  void warmUpRisesToTheLearningRateWithItsLastUpdate() {
    LearningRateSchedule schedule = schedule(Schedule.CONSTANT, 4, 0, 100);
    assertThat(schedule.at(0)).isEqualTo(0.5);
    assertThat(schedule.at(3)).isEqualTo(2.0);
    assertThat(schedule.at(99)).isEqualTo(2.0);
  }

  @Test
  void linearFallsToItsMinimumWithTheLastUpdate() {
    LearningRateSchedule schedule = schedule(Schedule.LINEAR, 0, 0.1, 11);
    assertThat(schedule.at(0)).isEqualTo(2.0);
    assertThat(schedule.at(5)).isCloseTo(1.1, within(1e-12));
    assertThat(schedule.at(10)).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void cosineFallsSlowlyFirst() {
    LearningRateSchedule schedule = schedule(Schedule.COSINE, 2, 0, 12);
    assertThat(schedule.at(2)).isEqualTo(2.0);
    assertThat(schedule.at(3)).isGreaterThan(schedule(Schedule.LINEAR, 2, 0, 12).at(3));
    assertThat(schedule.at(11)).isCloseTo(0, within(1e-12));
  }

  @Test
  void aRunOfOneUpdateLearnsAtFullRate() {
    assertThat(schedule(Schedule.COSINE, 0, 0, 1).at(0)).isEqualTo(2.0);
  }
}
