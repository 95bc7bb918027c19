package io.hone.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.SparkConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OrderedJobTest {
  private static SparkRuntime runtime;
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    runtime = SparkRuntime.start("test", new SparkConfig(Optional.of("local[2]"), Map.of()));
    spark = runtime.context();
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @Test
  void handsResultsOverInTheOrderOfThePartitions() {
    List<Integer> numbers = IntStream.range(0, 50).boxed().toList();
    List<Integer> taken = new ArrayList<>();
    AtomicInteger ticks = new AtomicInteger();
    OrderedJob.run(
        spark.parallelize(numbers, numbers.size()).map(number -> number * number),
        taken::add,
        ticks::incrementAndGet);
    assertThat(taken).isEqualTo(numbers.stream().map(number -> number * number).toList());
    assertThat(ticks).hasPositiveValue();
  }

  @Test
  void keepsTheCauseOfATaskThatFails() {
    assertThatThrownBy(
            () ->
                OrderedJob.run(
                    spark.parallelize(List.of(1, 2, 0), 3).map(number -> 6 / number),
                    result -> {},
                    () -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a Spark task failed")
        .hasStackTraceContaining("/ by zero");
  }

  @Test
  void endsTheJobWhenAResultIsRefused() {
    assertThatThrownBy(
            () ->
                OrderedJob.run(
                    spark.parallelize(IntStream.range(0, 10_000).boxed().toList(), 10_000),
                    result -> {
                      throw new IllegalArgumentException("enough");
                    },
                    () -> {}))
        .hasMessage("enough");
    assertThat(spark.parallelize(List.of(1, 2), 2).count()).isEqualTo(2);
  }
}
