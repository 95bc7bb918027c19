package io.hone.driver.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.TrainingConfig.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExchangeCostTest {
  private static final long MILLION = 1_000_000;

  @Test
  void theDriverTakesEveryGradientAndGivesTheWeights() {
    ExchangeCost cost = new ExchangeCost(MILLION, 8, 4);
    assertThat(cost.driverBytesIn(Exchange.DRIVER)).isEqualTo(32 * MILLION);
    assertThat(cost.driverBytesOut(Exchange.DRIVER)).isEqualTo(4 * MILLION);
    assertThat(cost.executorBytes(Exchange.DRIVER)).isEqualTo(12 * MILLION);
    assertThat(cost.busiestBytes(Exchange.DRIVER)).isEqualTo(36 * MILLION);
  }

  @Test
  void shardsLeaveTheDriverWithNumbersOfBlocks() {
    ExchangeCost cost = new ExchangeCost(MILLION, 8, 4);
    assertThat(cost.driverBytesIn(Exchange.SHARDED)).isEqualTo(16 * 32);
    assertThat(cost.driverBytesOut(Exchange.SHARDED)).isEqualTo(16 * 8);
    // 8 MB written and 8 MB read of gradients, 3 MB of state, 4 MB of weights.
    assertThat(cost.executorBytes(Exchange.SHARDED)).isEqualTo(23 * MILLION);
  }

  @ParameterizedTest
  @EnumSource
  void theRateIsTheInverseOfTheTime(Exchange kind) {
    ExchangeCost cost = new ExchangeCost(MILLION, 3, 2);
    double seconds = cost.seconds(kind, 5e7);
    assertThat(cost.bytesPerSecond(kind, seconds)).isCloseTo(5e7, within(1.0));
    assertThat(cost.bytesPerSecond(kind, 0.01)).isNaN();
  }

  /** With a task on each executor, the driver's bytes grow with them and a shard's do not. */
  @Test
  void shardingWinsWhereExecutorsAreManyAndModelsLarge() {
    ExchangeCost large = new ExchangeCost(1000 * MILLION, 16, 16);
    assertThat(large.seconds(Exchange.SHARDED, 1e9))
        .isLessThan(0.3 * large.seconds(Exchange.DRIVER, 1e9));
    ExchangeCost small = new ExchangeCost(1000, 2, 2);
    assertThat(small.seconds(Exchange.SHARDED, 1e9))
        .isGreaterThan(small.seconds(Exchange.DRIVER, 1e9));
  }

  @Test
  void refusesNothingAtAll() {
    assertThatThrownBy(() -> new ExchangeCost(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 parameters, 1 tasks, 1 executors (expected: each >= 1)");
  }
}
