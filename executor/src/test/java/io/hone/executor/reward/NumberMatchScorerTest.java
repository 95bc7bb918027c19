package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberMatchScorerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It is 18.|18|1",
        "It is 18.0|18|1",
        "It is $1,450,000|1450000|1",
        "50%|50|1",
        "-3|3|0",
        "0.1|0.10|1",
        "0.30000000000000004|0.3|0",
        "1e3|1000|1",
        "18 or 19|18|0",
        "18|$18.00 each|1",
        "1/2|0.5|1",
        "\\frac{1}{3}|1/3|1",
        "0.3333|1/3|0",
        "3 1/2|3.5|1",
        "1.2 × 10^3|1,200|1",
        "5 km|5 m|1",
      })
  void comparesDecimalsExactly(String completion, String answer, double expected) {
    assertThat(scorer("type: number-match").score(answered(completion, answer)))
        .isEqualTo(Score.of(expected));
  }

  @Test
  void answersMayBeNumbers() {
    Scorer scorer = scorer("type: number-match");

    assertThat(scorer.score(answered("18", 18))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("18", 18.0))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("18.5", new BigDecimal("18.50")))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("10000000000", 1e10))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("18", List.of(17, "18")))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("18", List.of(17, "19")))).isEqualTo(Score.of(0));
  }

  @Test
  void noAnswerIsAZeroWithoutConfidence() {
    assertThat(scorer("type: number-match").score(answered("I do not know.", "18")))
        .isEqualTo(Score.noAnswer());
    assertThat(scorer("type: number-match, pattern: '#### (.*)'").score(answered("18", "18")))
        .isEqualTo(Score.noAnswer());
    assertThat(
            scorer("type: number-match, pattern: '#### (.*)'").score(answered("18 #### x", "18")))
        .isEqualTo(Score.noAnswer());
  }

  @Test
  void thePatternFindsBothAnswers() {
    Scorer scorer = scorer("type: number-match, pattern: '#### (-?[0-9.,]+)'");
    String reference = "He makes 3 * 708,275 = <<3*708275=2124825>>2,124,825.\n#### 2,124,825";

    assertThat(scorer.score(answered("So 3.\n#### 2124825.", reference))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("#### 7\n#### 2,124,825.00", reference)))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("#### 2,124,825\n#### 7", reference))).isEqualTo(Score.of(0));
    assertThat(scorer.score(answered("#### 7", "7"))).isEqualTo(Score.of(1));
  }

  @Test
  void theReferenceMayHaveItsOwnPattern() {
    Scorer scorer =
        scorer(
            "type: number-match, reference: solution, pattern: 'A:(.*)', reference-pattern: '=(.*)'");

    assertThat(scorer.score(sample("A: 5", Map.of("solution", "2 + 3 = 5"))))
        .isEqualTo(Score.of(1));
  }

  @Test
  void toleranceIsAShareOfTheReferenceButOfOneAtLeast() {
    Scorer scorer = scorer("type: number-match, tolerance: 0.01");

    assertThat(scorer.score(answered("101", 100))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("101.01", 100))).isEqualTo(Score.of(0));
    assertThat(scorer.score(answered("-101", -100))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("0.01", 0))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("0.011", 0))).isEqualTo(Score.of(0));
  }

  @Test
  void aPercentSignMayMeanHundredths() {
    Scorer scorer = scorer("type: number-match, percent: hundredths");

    assertThat(scorer.score(answered("50%", "0.5"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("0.5", "50%"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("50%", "50"))).isEqualTo(Score.of(0));
    assertThat(scorer("type: number-match").score(answered("50%", "0.5"))).isEqualTo(Score.of(0));
  }

  @Test
  void unitsMayCount() {
    Scorer scorer = scorer("type: number-match, units: convert");

    assertThat(scorer.score(answered("It is 1.5 km.", "1500 m"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("1.5 kg", "1.5 m"))).isEqualTo(Score.of(0));
    assertThat(scorer.score(answered("1500", "1500 m"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("25 cm^2", "0.0025 m²"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("18 apples", "18 m"))).isEqualTo(Score.of(1));
    assertThat(
            scorer("type: number-match, units: convert, tolerance: 0.01")
                .score(answered("1 mile", "1.6 km")))
        .isEqualTo(Score.of(1));
  }

  @Test
  void aReferenceWithoutOneNumberIsNotAWrongAnswer() {
    Scorer scorer = scorer("type: number-match");

    for (Object reference : List.of("eighteen", "18 of 20", "", Double.NaN, true)) {
      for (String completion : List.of("18", "no number")) {
        assertThat(scorer.score(answered(completion, reference)))
            .isEqualTo(
                Score.invalid(
                    "expected one number in column 'answer', or one where reference-pattern matches;"
                        + " found '"
                        + reference
                        + "'"));
      }
    }
    assertThat(scorer.score(sample("18")).reason()).startsWith("column 'answer' is missing");
  }

  @Test
  void badOptionsAreRefusedTogether() {
    assertThatThrownBy(
            () -> scorer("type: number-match, pattern: '[', reference-pattern: '(', tolerance: 0"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("pattern: '[' is not a regular expression")
        .hasMessageContaining("reference-pattern: '(' is not a regular expression");
    assertThatThrownBy(() -> scorer("type: number-match, tolerance: -1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tolerance");
  }
}
