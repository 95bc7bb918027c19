package io.hone.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochOrderTest {
  @ParameterizedTest
  @CsvSource({"10,3", "10,10", "7,20", "1,4", "64,8", "5,1"})
  void everyEpochHasEachItemOnceHoweverStepsCutIt(int size, int batch) {
    EpochOrder order = new EpochOrder(42, size, batch, true);
    int epochs = 6;
    int steps = (epochs * size + batch - 1) / batch;
    int[] taken =
        IntStream.range(0, steps).flatMap(step -> Arrays.stream(order.indices(step))).toArray();

    assertThat(taken).hasSize(steps * batch);
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] items = Arrays.copyOfRange(taken, epoch * size, (epoch + 1) * size);
      Arrays.sort(items);
      assertThat(items).as("epoch %d", epoch).isEqualTo(IntStream.range(0, size).toArray());
    }
  }

  @Test
  void aStepDependsOnNothingButItsNumber() {
    int[] first = new EpochOrder(1, 1_000, 7, true).indices(300);

    assertThat(new EpochOrder(1, 1_000, 7, true).indices(300)).isEqualTo(first);
    assertThat(new EpochOrder(2, 1_000, 7, true).indices(300)).isNotEqualTo(first);
  }

  @Test
  void epochsHaveOrdersOfTheirOwn() {
    EpochOrder order = new EpochOrder(1, 100, 100, true);

    assertThat(order.indices(0)).isNotEqualTo(order.indices(1));
    assertThat(order.indices(0)).isNotEqualTo(IntStream.range(0, 100).toArray());
  }

  @Test
  void withoutShufflingTheOrderIsThatOfTheFile() {
    EpochOrder order = new EpochOrder(1, 5, 3, false);

    assertThat(order.indices(0)).containsExactly(0, 1, 2);
    assertThat(order.indices(1)).containsExactly(3, 4, 0);
    assertThat(order.indices(2)).containsExactly(1, 2, 3);
  }

  @Test
  void lateStepsOfLargeDataSetsDoNotOverflow() {
    EpochOrder order = new EpochOrder(1, 3, 1_000_000, false);

    assertThat(order.indices(Integer.MAX_VALUE)).doesNotContain(-1, -2).contains(0, 1, 2);
  }

  @Test
  void emptyDataSetsAndBatchesAreRefused() {
    assertThatThrownBy(() -> new EpochOrder(1, 0, 3, true)).hasMessageContaining("size is 0");
    assertThatThrownBy(() -> new EpochOrder(1, 3, 0, true)).hasMessageContaining("batch 0");
  }
}
