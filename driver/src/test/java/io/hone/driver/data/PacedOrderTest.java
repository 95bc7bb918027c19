package io.hone.driver.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.conf.NumberSchedule;
import io.hone.conf.NumberSchedule.Change;
import io.hone.conf.NumberSchedule.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacedOrderTest {
  private static final EpochOrder WHOLE = new EpochOrder(5, 40, 8, true);
  private static final PacedOrder GROWING =
      new PacedOrder(WHOLE, new Change(0.25, 1, 10, 0, Shape.LINEAR, Optional.empty()));

  @Test
  void aStepTakesFromTheBeginningOnly() {
    for (int step = 0; step < 10; step++) {
      int pool = (int) Math.ceil((0.25 + 0.075 * step) * 40);
      assertThat(GROWING.indices(step)).hasSize(8).doesNotHaveDuplicates();
      assertThat(Arrays.stream(GROWING.indices(step)).max().orElseThrow()).isLessThan(pool);
    }
    int[] seen = IntStream.range(0, 10).flatMap(s -> Arrays.stream(GROWING.indices(s))).toArray();
    assertThat(Arrays.stream(seen).max().orElseThrow()).as("the pool grows").isGreaterThan(20);
  }

  @Test
  void aShareOfAllIsEpochs() {
    assertThat(GROWING.indices(10)).isEqualTo(WHOLE.indices(10));
    assertThat(new PacedOrder(WHOLE, NumberSchedule.constant(1)).indices(3))
        .isEqualTo(WHOLE.indices(3));
  }

  @Test
  void stepsDrawAnewAndAlwaysTheSame() {
    PacedOrder half = new PacedOrder(WHOLE, NumberSchedule.constant(0.5));
    assertThat(half.indices(1)).isEqualTo(half.indices(1)).isNotEqualTo(half.indices(2));
    assertThat(half.indices(1))
        .isNotEqualTo(new PacedOrder(new EpochOrder(6, 40, 8, true), half.share()).indices(1));
  }

  @Test
  void aSmallPoolIsGoneThroughEvenly() {
    PacedOrder three =
        new PacedOrder(new EpochOrder(5, 40, 8, true), NumberSchedule.constant(3.0 / 40));
    long[] counts = new long[3];
    Arrays.stream(three.indices(0)).forEach(index -> counts[index]++);
    Arrays.sort(counts);
    assertThat(counts).containsExactly(2, 3, 3);
  }

  /** Seven hundredths of a hundred, whose product as doubles is more than 7. */
  @Test
  void roundingAddsNoItem() {
    PacedOrder seven =
        new PacedOrder(new EpochOrder(5, 100, 8, true), NumberSchedule.constant(0.07));
    int[] drawn = IntStream.range(0, 50).flatMap(s -> Arrays.stream(seven.indices(s))).toArray();
    assertThat(Arrays.stream(drawn).max()).hasValue(6);
  }

  @Test
  void furtherItemsAreTheOthersOfTheShare() {
    PacedOrder half = new PacedOrder(WHOLE, NumberSchedule.constant(0.5));
    assertThat(half.further(1)).hasSize(12).doesNotHaveDuplicates().doesNotContain(half.indices(1));
    assertThat(Arrays.stream(half.further(1)).max().orElseThrow()).isLessThan(20);
    assertThat(half.further(1)).isEqualTo(half.further(1)).isNotEqualTo(half.further(2));
    PacedOrder small = new PacedOrder(new EpochOrder(5, 6, 8, true), NumberSchedule.constant(1));
    assertThat(small.further(0)).as("there are no others").isEmpty();
  }

  @Test
  void withoutShufflingTheOrderIsThatOfTheData() {
    PacedOrder half = new PacedOrder(new EpochOrder(5, 10, 3, false), NumberSchedule.constant(0.5));
    assertThat(half.indices(0)).containsExactly(0, 1, 2);
    assertThat(half.indices(1)).containsExactly(3, 4, 0);
  }
}
