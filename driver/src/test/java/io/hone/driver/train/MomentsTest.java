package io.hone.driver.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MomentsTest {
  @Test
  void deviationIsTheSamples() {
    Moments moments = Moments.of(DoubleStream.of(1, 2, 3, 4));
    assertThat(moments.mean()).isEqualTo(2.5);
    assertThat(moments.deviation()).isCloseTo(Math.sqrt(5.0 / 3), within(1e-15));
  }

  @Test
  void nothingHasNoMeanAndIsLeftOutOfMetrics() {
    Metrics metrics = new Metrics();
    metrics.put("mean", Moments.of(DoubleStream.empty()).mean());
    assertThat(metrics.values()).isEmpty();
  }

  @Test
  void oneNumberHasNoDeviation() {
    assertThat(Moments.of(DoubleStream.of(3)).deviation()).isZero();
  }
}
