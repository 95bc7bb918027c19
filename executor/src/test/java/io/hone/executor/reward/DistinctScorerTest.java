package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistinctScorerTest {
  @ParameterizedTest
  @CsvSource({
    "a b a b, 1, 0.5",
    "a b a b, 2, 0.66666667", // ab ba ab
    "a b a b, 3, 1",
    "a b c a b c, 3, 0.75",
    "a b, 3, 1",
    "a  a, 2, 1",
    "'', 2, 0",
    "' ', 1, 0",
    "A a, 1, 1",
  })
  void countsDifferentNgrams(String completion, int order, double value) {
    assertThat(scorer("type: distinct, order: " + order).score(sample(completion)).value())
        .isCloseTo(value, within(1e-8));
  }
}
