package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RepetitionScorerTest {
  @Test
  void agreesWithTheGoldenValue() {
    assertThat(scorer("type: repetition").score(sample("a b c a b c"))).isEqualTo(Score.of(-0.25));
  }

  @Test
  void nothingRepeatedCostsNothing() {
    assertThat(scorer("type: repetition").score(sample("a b c d"))).isEqualTo(Score.of(0));
    assertThat(scorer("type: repetition").score(sample("a a"))).isEqualTo(Score.of(0));
    assertThat(scorer("type: repetition").score(sample(""))).isEqualTo(Score.of(0));
  }

  @Test
  void lengthAndPriceAreOptions() {
    assertThat(scorer("type: repetition, n: 1, penalty: 2").score(sample("No no NO no")))
        .isEqualTo(Score.of(-1.5));
    assertThatThrownBy(() -> scorer("type: repetition, n: 0")).hasMessageContaining("n");
    assertThatThrownBy(() -> scorer("type: repetition, penalty: -1"))
        .hasMessageContaining("penalty");
  }
}
