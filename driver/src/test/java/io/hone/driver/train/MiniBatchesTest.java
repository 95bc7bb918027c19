package io.hone.driver.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MiniBatchesTest {
  @Test
  void everyGroupIsInExactlyOneMiniBatchOfAnEpoch() {
    List<int[]> batches = MiniBatches.of(10, 3, 7, 2, 0);
    assertThat(batches).extracting(batch -> batch.length).containsExactly(3, 3, 4);
    assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, 10).toArray());
  }

  @Test
  void epochsStepsAndSeedsHaveOrdersOfTheirOwn() {
    int[] first = MiniBatches.of(64, 2, 7, 2, 0).get(0);
    assertThat(MiniBatches.of(64, 2, 7, 2, 0).get(0)).isEqualTo(first);
    assertThat(MiniBatches.of(64, 2, 7, 2, 1).get(0)).isNotEqualTo(first);
    assertThat(MiniBatches.of(64, 2, 7, 3, 0).get(0)).isNotEqualTo(first);
    assertThat(MiniBatches.of(64, 2, 8, 2, 0).get(0)).isNotEqualTo(first);
  }

  @Test
  void oneMiniBatchHoldsAllGroupsInOrder() {
    assertThat(MiniBatches.of(5, 1, 0, 0, 0)).containsExactly(new int[] {0, 1, 2, 3, 4});
  }

  @Test
  void thereAreNoMoreMiniBatchesThanGroups() {
    assertThat(MiniBatches.of(2, 4, 0, 0, 0)).hasSize(2);
  }
}
