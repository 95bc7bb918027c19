package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExactMatchScorerTest {
  @Test
  void comparesTheWholeCompletion() {
    Scorer scorer = scorer("type: exact-match");

    assertThat(scorer.score(answered(" New \n York ", "New York"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("new york", "New York"))).isEqualTo(Score.of(0));
    assertThat(scorer.score(answered("In New York", "New York"))).isEqualTo(Score.of(0));
  }

  @Test
  void normalizationIsAnOption() {
    assertThat(
            scorer("type: exact-match, normalization: squad")
                .score(answered("the new-york!", "NewYork")))
        .isEqualTo(Score.of(1));
    assertThat(scorer("type: exact-match, normalization: none").score(answered("a ", "a")))
        .isEqualTo(Score.of(0));
  }

  @Test
  void anyOfSeveralAnswersIsRight() {
    Scorer scorer = scorer("type: exact-match, reference: gold");

    assertThat(scorer.score(sample("b", Map.of("gold", List.of("a", "b"))))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("c", Map.of("gold", List.of("a", "b"))))).isEqualTo(Score.of(0));
    assertThat(scorer.score(sample("7", Map.of("gold", 7)))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("true", Map.of("gold", true)))).isEqualTo(Score.of(1));
  }

  @Test
  void takesTheLastAnswerThatThePatternFinds() {
    Scorer scorer = scorer("type: exact-match, pattern: '(?s)<answer>(.*?)</answer>'");

    assertThat(scorer.score(answered("<answer>B</answer> no <answer> C </answer>", "C")))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("<answer>C</answer> no <answer>B</answer>", "C")))
        .isEqualTo(Score.of(0));
  }

  @Test
  void guessesInBulkAreWorthLess() {
    Scorer scorer =
        scorer("type: exact-match, pattern: '<answer>(.*?)</answer>', answer-tag-limit: 2");

    assertThat(scorer.score(answered("<answer>C</answer>".repeat(2), "C"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("<answer>C</answer>".repeat(3), "C")))
        .isEqualTo(Score.of(0.25));
  }

  @Test
  void noAnswerIsAZeroWithoutConfidence() {
    Scorer scorer = scorer("type: exact-match, pattern: '<answer>(.*?)</answer>'");

    assertThat(scorer.score(answered("C", "C"))).isEqualTo(Score.noAnswer());
  }

  @Test
  void withoutAReferenceThereIsNoScore() {
    Scorer scorer = scorer("type: exact-match");
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("answer", null);

    assertThat(scorer.score(sample("C", Map.of("question", "?"))))
        .isEqualTo(Score.invalid("column 'answer' is missing or null (columns: question)"));
    assertThat(scorer.score(sample("C", nothing)).reason()).contains("missing or null");
    assertThat(scorer.score(answered("C", List.of())))
        .isEqualTo(Score.invalid("column 'answer' is an empty list"));
    assertThat(scorer.score(answered("C", List.of(Map.of()))).reason())
        .startsWith("column 'answer' holds ")
        .endsWith("(expected text, a number or a list of those)");
  }

  /** An answer of which nothing is left would be that of every empty completion. */
  @Test
  void aReferenceOfNothingIsNoReference() {
    for (String type : List.of("exact-match, normalization: squad", "token-f1")) {
      assertThat(scorer("type: " + type).score(answered("", "A")).reason())
          .contains("nothing but what normalization leaves out");
    }
    assertThat(scorer("type: exact-match").score(answered(" ", ""))).isEqualTo(Score.of(1));
  }
}
