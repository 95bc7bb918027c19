package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenF1ScorerTest {
  /** By hand: twice the words in both, over the words of both, as in SQuAD's own evaluation. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The Eiffel Tower|Eiffel Tower|1",
        "in Paris, France|Paris|0.5",
        "Paris Paris|Paris|0.6666666666666666",
        "Denver Broncos won it|the Broncos|0.4",
        "London|Paris|0",
        "the|Paris|0",
      })
  void isTheShareOfCommonWords(String completion, String answer, double expected) {
    assertThat(scorer("type: token-f1").score(answered(completion, answer)))
        .isEqualTo(Score.of(expected));
  }

  @Test
  void theBestOfSeveralReferencesCounts() {
    assertThat(
            scorer("type: token-f1")
                .score(answered("big apple", List.of("New York", "Big Apple city"))))
        .isEqualTo(Score.of(0.8));
  }

  @Test
  void normalizationIsAnOption() {
    assertThat(scorer("type: token-f1, normalization: none").score(answered("The end", "the end")))
        .isEqualTo(Score.of(0.5));
  }

  @Test
  void theAnswerMayBeAPart() {
    Scorer scorer = scorer("type: token-f1, pattern: '(?s)<answer>(.*?)</answer>'");

    assertThat(scorer.score(answered("<think>Rome</think><answer>Paris</answer>", "Paris")))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("Paris", "Paris"))).isEqualTo(Score.noAnswer());
    assertThat(scorer.score(answered("Paris", List.of())).valid()).isFalse();
  }

  /** ReSeek: more than 10 opening or closing tags leave a quarter. */
  @Test
  void guessesInBulkAreWorthLess() {
    Scorer scorer =
        scorer("type: token-f1, answer-tag-limit: 10, pattern: '(?s)<answer>(.*?)</answer>'");
    String guess = "<answer>Paris</answer>";

    assertThat(scorer.score(answered(guess.repeat(10), "Paris"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered(guess.repeat(11), "Paris"))).isEqualTo(Score.of(0.25));
    assertThat(scorer.score(answered(guess + "</answer>".repeat(10), "Paris")))
        .isEqualTo(Score.of(0.25));
    assertThat(scorer.score(answered("<answer>".repeat(10) + guess, "Rome")))
        .isEqualTo(Score.of(0));
  }
}
