package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MicroBatchesTest {

  @Test
  void everyRowOnceWithinTheBudgetAndLongestFirst() {
    Random random = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      int[] lengths = random.ints(random.nextInt(30), 1, 50).toArray();
      long budget = 1L + random.nextInt(200);
      List<int[]> plan = MicroBatches.plan(lengths, budget);
      assertThat(plan.stream().flatMapToInt(Arrays::stream).sorted().toArray())
          .isEqualTo(IntStream.range(0, lengths.length).toArray());
      for (int[] batch : plan) {
        assertThat(batch.length == 1 || (long) batch.length * lengths[batch[0]] <= budget).isTrue();
        for (int i = 1; i < batch.length; i++) {
          assertThat(lengths[batch[i]]).isLessThanOrEqualTo(lengths[batch[i - 1]]);
        }
      }
    }
  }

  @Test
  void equalRowsKeepTheirOrder() {
    assertThat(MicroBatches.plan(new int[] {3, 5, 3, 5}, 10))
        .containsExactly(new int[] {1, 3}, new int[] {0, 2});
  }

  @Test
  void groupsStayTogether() {
    assertThat(MicroBatches.plan(new int[] {3, 5, 1, 2, 4, 4}, 2, 16))
        .containsExactly(new int[] {0, 1}, new int[] {4, 5, 2, 3});
    assertThat(MicroBatches.plan(new int[] {3, 5, 1, 2}, 2, 1))
        .containsExactly(new int[] {0, 1}, new int[] {2, 3});
    assertThatThrownBy(() -> MicroBatches.plan(new int[] {3, 5, 1}, 2, 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 rows (expected: whole groups of 2)");
  }

  @Test
  void refusesABudgetOfNothing() {
    assertThatThrownBy(() -> MicroBatches.plan(new int[] {3}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tokens per micro-batch: 0");
  }
}
