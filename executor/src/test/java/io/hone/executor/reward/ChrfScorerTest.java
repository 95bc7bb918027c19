package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.executor.reward.metric.WhiteSpace;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChrfScorerTest {
  @Test
  void hasTheValueOfTheFormula() {
    // "ab c" and "abd": precisions 2/3 and 1/2, recalls the same, so F is their mean; no trigram.
    assertThat(scorer("type: chrf").score(answered("ab c", "abd")).value())
        .isCloseTo((2 / 3.0 + 1 / 2.0 + 0) / 3, within(1e-12));
    // Precision 1, recall 1/2 of characters: F of beta 2 and of beta 1.
    assertThat(scorer("type: chrf, character-order: 1").score(answered("ab", "abcd")).value())
        .isCloseTo(5 * 0.5 / (4 + 0.5), within(1e-12));
    assertThat(
            scorer("type: chrf, character-order: 1, beta: 1").score(answered("ab", "abcd")).value())
        .isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void charactersAreCodePointsAndMarksAreWords() {
    Scorer characters = scorer("type: chrf, character-order: 1");
    Scorer words = scorer("type: chrf, character-order: 1, word-order: 1");

    // Half of a pair is a character of its own, unlike any other.
    assertThat(characters.score(answered("\uD83D\uDE00", "\uD83D")).value()).isZero();
    assertThat(characters.score(answered("\uD83D\uDE00a", "\uD83D\uDE00b")).value())
        .isCloseTo(0.5, within(1e-12));
    // Words "hi" "!" against "hi": characters 2/3 and 1, words 1/2 and 1.
    double precision = (2 / 3.0 + 1 / 2.0) / 2;
    assertThat(words.score(answered("hi!", "hi")).value())
        .isCloseTo(5 * precision / (4 * precision + 1), within(1e-12));
  }

  @Test
  void theBestReferenceCounts() {
    assertThat(scorer("type: chrf").score(answered("abc", List.of("xyz", "abc", ""))).value())
        .isEqualTo(1);
    assertThat(scorer("type: chrf").score(answered("", "abc"))).isEqualTo(Score.of(0));
    assertThat(scorer("type: chrf").score(answered("abc", "\n")).valid()).isFalse();
  }

  @Property
  void identityIsOneAndWhiteSpaceIsNothing(@ForAll String text) {
    Scorer scorer = scorer("type: chrf");
    Score identity = scorer.score(answered(text, text));

    assertThat(scorer.score(answered(" " + text + "\n\u00A0", text))).isEqualTo(identity);
    if (WhiteSpace.isAll(text)) {
      assertThat(identity.valid()).isFalse();
    } else {
      assertThat(identity.value()).isCloseTo(1, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "\u00A0", "\u2003", "\u0085", "\u001C"})
  void aReferenceOfWhiteSpaceOnlyLeavesNothingToCompareWith(String blank) {
    assertThat(scorer("type: chrf").score(answered("abc", blank)).reason()).contains("is blank");
  }
}
