package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthScorerTest {
  private static Sample ofTokens(int tokens) {
    return new Sample("prompt-1", "", "text", tokens, false, 2_000, Map.of());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "6, 0.2", "9, 0.8", "10, 1", "20, 1", "21, 0.8", "25, 0", "2000, 0"})
  void fallsOverTheMargin(int tokens, double expected) {
    Scorer scorer = scorer("type: length, minimum: 10, maximum: 20, margin: 5");

    assertThat(scorer.score(ofTokens(tokens)).value())
        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-12));
  }

  @Test
  void isAllOrNothingWithoutAMargin() {
    assertThat(scorer("type: length, maximum: 20").score(ofTokens(20))).isEqualTo(Score.of(1));
    assertThat(scorer("type: length, maximum: 20").score(ofTokens(21))).isEqualTo(Score.of(0));
    assertThat(scorer("type: length, minimum: 3").score(ofTokens(2))).isEqualTo(Score.of(0));
  }

  @Test
  void countsWordsOrCharacters() {
    assertThat(
            scorer("type: length, unit: words, minimum: 3, maximum: 3")
                .score(sample("  one two\n\tthree ")))
        .isEqualTo(Score.of(1));
    assertThat(
            scorer("type: length, unit: characters, minimum: 3, maximum: 3")
                .score(sample("a\uD83D\uDE00b")))
        .isEqualTo(Score.of(1));
    assertThat(scorer("type: length, unit: words, minimum: 1").score(sample(" ")))
        .isEqualTo(Score.of(0));
  }

  @Test
  void unknownTokensAreNotNoTokens() {
    assertThat(scorer("type: length, maximum: 20").score(sample("text")).reason())
        .startsWith("the completion's tokens are not known here");
  }

  @Test
  void badOptionsAreRefused() {
    assertThatThrownBy(() -> scorer("type: length"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("set a minimum or a maximum");
    assertThatThrownBy(() -> scorer("type: length, minimum: 5, maximum: 4"))
        .hasMessageContaining("maximum: 4 is less than minimum 5");
    assertThatThrownBy(() -> scorer("type: length, maximum: 4, margin: -1"))
        .hasMessageContaining("margin");
  }
}
