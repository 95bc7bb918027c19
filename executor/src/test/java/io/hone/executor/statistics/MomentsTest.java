package io.hone.executor.statistics;

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
    assertThat(moments.standardScore(4, 0)).isCloseTo(1.5 / Math.sqrt(5.0 / 3), within(1e-15));
  }

  @Test
  void oneNumberAndEqualOnesDoNotVary() {
    assertThat(Moments.of(DoubleStream.of(3)).deviation()).isZero();
    assertThat(Moments.of(DoubleStream.of(3)).vary()).isFalse();
    assertThat(Moments.of(DoubleStream.of(0.1, 0.1, 0.1)).standardScore(0.1, 0)).isZero();
    assertThat(Moments.of(DoubleStream.of(0, 1e-6)).vary()).isTrue();
  }
}
