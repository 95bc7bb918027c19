package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountScorerTest {
  @ParameterizedTest
  @CsvSource({
    "'no cat', 0",
    "'A Dog.', 0.25",
    "'dog dogs DOG', 0.75",
    "'dogdogdogdog', 1",
    "'dogdogdogdogdog', 1",
    "'', 0"
  })
  void isAShareOfTheCap(String completion, double expected) {
    Scorer scorer = scorer("type: count, text: dog, ignore-case: true, cap: 4");

    assertThat(scorer.score(sample(completion))).isEqualTo(Score.of(expected));
  }

  @Test
  void caseMattersByDefault() {
    assertThat(scorer("type: count, text: Dog, cap: 2").score(sample("dog Dog")))
        .isEqualTo(Score.of(0.5));
  }

  @Test
  void badOptionsAreRefused() {
    assertThatThrownBy(() -> scorer("type: count, text: ''"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("text: is blank");
    assertThatThrownBy(() -> scorer("type: count, text: dog, cap: 0"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cap");
    assertThatThrownBy(() -> scorer("type: count"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("text");
  }
}
