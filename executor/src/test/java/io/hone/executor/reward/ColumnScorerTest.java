package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnScorerTest {
  private final Scorer scorer = scorer("type: column, column: rate");

  @Test
  void isTheNumberInTheRow() {
    assertThat(scorer.score(sample("x", Map.of("rate", 0.25)))).isEqualTo(Score.of(0.25));
    assertThat(scorer.score(sample("x", Map.of("rate", true)))).isEqualTo(Score.of(1));
  }

  @Test
  void anythingElseIsNoZero() {
    assertThat(scorer.score(sample("x", Map.of("rate", "high"))).reason())
        .isEqualTo("column 'rate' is high (expected a number, or true or false)");
    assertThat(scorer.score(sample("x")).valid()).isFalse();
  }
}
