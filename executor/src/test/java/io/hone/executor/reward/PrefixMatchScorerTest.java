package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixMatchScorerTest {
  private static final Scorer SCORER = scorer("type: prefix-match");

  @ParameterizedTest
  @CsvSource({
    "'1,2,3', '1,2,3', 1", // six parts: five characters and the end
    "'1,2', '1,2,3', 0.66666667", // three characters, and the end behind a right one
    "'1,2,4', '1,2,3', 0.66666667",
    "'1,2,3,', '1,2,3', 0.83333333", // five characters; the end behind a wrong one is worth nothing
    "'9', '1', 0",
    "'', '', 1",
    "'', '1', 0",
    "'7', '', 0",
  })
  void countsCharactersUpToTheFirstWrongOne(String completion, String reference, double value) {
    assertThat(SCORER.score(answered(completion, reference)).value())
        .isCloseTo(value, within(1e-8));
  }

  @Test
  void aTruncatedCompletionHasNoEnd() {
    assertThat(SCORER.score(tokens("12", "123", true, 1, 2)).value()).isEqualTo(0.5);
    assertThat(SCORER.score(tokens("12", "123", true, 1, 2)).perToken())
        .containsExactly(0.25f, 0.25f);
    assertThat(SCORER.score(tokens("", "", true)).value()).isZero();
  }

  @Test
  void tokensShareTheScore() {
    // Two characters in the first token, none in the second, then the end.
    assertThat(SCORER.score(tokens("123", "123", false, 2, 2, 3, 3)).perToken())
        .containsExactly(0.5f, 0, 0.25f, 0.25f);
    // The token with the first wrong character has the share of the right ones in it.
    assertThat(SCORER.score(tokens("1293", "1234", false, 1, 3, 4, 4)).perToken())
        .containsExactly(0.2f, 0.2f, 0, 0);
    assertThat(SCORER.score(tokens("", "", false, 0)).perToken()).containsExactly(1);
    assertThat(SCORER.score(tokens("", "1", false, 0)).perToken()).containsExactly(0);
    assertThat(SCORER.score(answered("1", "1")).perToken()).isNull();
  }

  @Test
  void sharesAddUpToTheScore() {
    for (String completion : List.of("3,1,4,1,5", "3,1,4", "3,1,9", "3,1,4,1,5,")) {
      int[] ends = new int[completion.length() + 1];
      for (int token = 0; token < ends.length; token++) {
        ends[token] = Math.min(token + 1, completion.length());
      }
      Score score = SCORER.score(tokens(completion, "3,1,4,1,5", false, ends));
      double sum = 0;
      for (float share : score.perToken()) {
        sum += share;
      }
      assertThat(sum).isCloseTo(score.value(), within(1e-6));
    }
  }

  @Test
  void charactersAreCodePoints() {
    assertThat(SCORER.score(answered("\ud83d\ude00b", "\ud83d\ude00a")).value())
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(SCORER.score(tokens("\ud83d\ude00", "\ud83d\ude00", false, 2, 2)).perToken())
        .containsExactly(0.5f, 0.5f);
  }

  @Test
  void theBestOfSeveralReferencesCounts() {
    Scorer scorer = scorer("type: prefix-match, reference: gold");

    assertThat(scorer.score(sample("ab", Map.of("gold", List.of("xy", "ab")))))
        .isEqualTo(Score.of(1));
    assertThat(scorer("type: prefix-match, reference: gold").score(sample("a", Map.of())).valid())
        .isFalse();
  }

  private static Sample tokens(
      String completion, String reference, boolean truncated, int... ends) {
    return new Sample(
        "p", "", completion, ends.length, truncated, 100, Map.of("answer", reference), () -> ends);
  }
}
