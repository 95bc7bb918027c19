package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipleChoiceScorerTest {
  private static final List<String> CITIES = List.of("Paris", "London", "Rome", "Berlin");

  private static Sample withChoices(String completion, Object answer) {
    return sample(completion, Map.of("answer", answer, "choices", CITIES));
  }

  @Test
  void comparesLetters() {
    Scorer scorer = scorer("type: multiple-choice");

    assertThat(scorer.score(answered("The answer is (B).", "B"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("The answer is (B).", "(b)"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("The answer is (B).", "C"))).isEqualTo(Score.of(0));
    assertThat(scorer.score(answered("Answer: A, no. Answer: B", List.of("A", "B"))))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("I do not know", "C"))).isEqualTo(Score.noAnswer());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The correct option is B.",
        "Best choice: B",
        "<think>A is wrong</think><answer> B </answer>",
        "<answer>B</answer>",
        "Therefore, B is correct.",
        "B is the right one, since C is not.",
        "The answer to this question is definitely (B)",
        "答案：B",
      })
  void readsManyWaysToSayIt(String completion) {
    assertThat(scorer("type: multiple-choice").score(answered(completion, "B")))
        .isEqualTo(Score.of(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"The answer is A or B.", "Answer: B and C"})
  void severalLettersAreNoAnswer(String completion) {
    assertThat(scorer("type: multiple-choice").score(answered(completion, List.of("A", "B"))))
        .isEqualTo(Score.noAnswer());
  }

  @Test
  void theReferenceMayBeANumberOrTheTextOfAChoice() {
    Scorer scorer = scorer("type: multiple-choice, choices: choices");

    assertThat(scorer.score(withChoices("Answer: B", 1))).isEqualTo(Score.of(1));
    assertThat(scorer.score(withChoices("Answer: B", "London"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(withChoices("london", "B"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(withChoices("(E)", "B"))).isEqualTo(Score.noAnswer());
    assertThat(
            scorer("type: multiple-choice, choices: choices, first: 1")
                .score(withChoices("Answer: B", 2)))
        .isEqualTo(Score.of(1));
  }

  @Test
  void aPatternMayFindTheLetter() {
    Scorer scorer = scorer("type: multiple-choice, pattern: '<answer>(.*?)</answer>'");

    assertThat(scorer.score(answered("(A) <answer> b </answer>", "B"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("(B)", "B"))).isEqualTo(Score.noAnswer());
  }

  @Test
  void aReferenceThatIsNoChoiceIsNotAWrongAnswer() {
    Scorer scorer = scorer("type: multiple-choice, choices: choices");

    for (Object answer : List.of("Madrid", 4, -1, 1.5, "", "E")) {
      assertThat(scorer.score(withChoices("Answer: B", answer)).reason())
          .isEqualTo(
              "column 'answer' holds '"
                  + answer
                  + "' (expected the letter, number or text of one of 4 choices)");
    }
    assertThat(scorer.score(answered("B", "B")).reason()).startsWith("column 'choices' is missing");
  }
}
