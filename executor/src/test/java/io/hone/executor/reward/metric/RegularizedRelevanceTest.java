package io.hone.executor.reward.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RegularizedRelevanceTest {
  @Test
  void hasTheGoldenValues() {
    double fifty = RegularizedRelevance.lengthIncentive(50, 100);
    double eight = RegularizedRelevance.lengthIncentive(8, 100);

    assertThat(RegularizedRelevance.openEnded(1.2, fifty, 0.9)).isCloseTo(0.54, within(1e-12));
    // A copy of the query is more relevant, and worth less.
    assertThat(RegularizedRelevance.openEnded(2, eight, 1)).isCloseTo(0.16, within(1e-12));
    assertThat(RegularizedRelevance.closed(0.8, 0.5)).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void trigramsSaidTwiceArePenalized() {
    // abc bca cab abc: three of four.
    assertThat(RegularizedRelevance.repetitionPenalty(new int[] {0, 1, 2, 0, 1, 2}))
        .isEqualTo(0.75);
    assertThat(RegularizedRelevance.repetitionPenalty(new int[] {0, 0})).isEqualTo(1);
    assertThat(RegularizedRelevance.repetitionPenalty(new int[0])).isEqualTo(1);
  }
}
