package io.hone.driver.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.executor.statistics.Moments;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void nothingHasNoMeanAndIsLeftOut() {
    Metrics metrics = new Metrics();
    metrics.put("advantage", Moments.NONE);
    metrics.putMean("loss", Moments.of(DoubleStream.empty()));
    metrics.put("share", Double.NaN);
    assertThat(metrics.values()).isEmpty();
    assertThat(metrics.get("loss")).isNaN();
  }

  @Test
  void componentsAreThoseWithAMean() {
    Metrics metrics = new Metrics();
    metrics.put("component/b", Moments.of(DoubleStream.of(1, 3)));
    metrics.put("component/c", Moments.NONE);
    assertThat(metrics.components()).containsExactly("b");
    assertThat(metrics.componentMean("b")).isEqualTo(2);
    assertThat(metrics.get("component/b/deviation")).isEqualTo(Math.sqrt(2));
    assertThat(metrics.componentMean("c")).isNaN();
  }
}
