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

  /** DAPO's soft overlong punishment at Lmax 20,480 and Lcache 4,096. */
  @ParameterizedTest
  @CsvSource({"0, 0", "16384, 0", "17408, -0.25", "18432, -0.5", "20480, -1", "30000, -1"})
  void aPenaltyTakesOneOff(int tokens, double expected) {
    Scorer scorer = scorer("type: length, maximum: 16384, margin: 4096, penalty: true");

    assertThat(scorer.score(ofTokens(tokens))).isEqualTo(Score.of(expected));
  }

  /** ToolRL's reward of long thoughts: words / 512, 1 at most. */
  @ParameterizedTest
  @CsvSource({"0, 0", "64, 0.125", "256, 0.5", "512, 1", "600, 1"})
  void aPartMayBeMeasured(int words, double expected) {
    Scorer scorer =
        scorer(
            "type: length, unit: words, pattern: '(?s)<think>(.*?)</think>', minimum: 512, margin: 512");

    assertThat(scorer.score(sample("<think>" + "so ".repeat(words) + "</think> It is five.")))
        .isEqualTo(Score.of(expected));
  }

  @Test
  void aPartThatIsMissingHasTheLeastValue() {
    String options = "type: length, unit: words, pattern: '<think>(.*?)</think>', maximum: 5";

    assertThat(scorer(options).score(sample("so"))).isEqualTo(Score.noAnswer());
    assertThat(scorer(options + ", penalty: true").score(sample("so"))).isEqualTo(Score.of(-1, 0));
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
    assertThatThrownBy(() -> scorer("type: length, maximum: 4, pattern: '<t>(.*)</t>'"))
        .hasMessageContaining("pattern: tokens are known of the whole completion only");
  }
}
