package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MathAnswerScorerTest {
  private static final Scorer PLAIN = scorer("type: math-answer");

  @Test
  void comparesTheLastBoxWithTheReference() {
    assertThat(PLAIN.score(answered("\\boxed{3}, no, \\boxed{\\frac{1}{2}}.", "0.5")))
        .isEqualTo(Score.of(1));
    assertThat(PLAIN.score(answered("\\boxed{\\frac{1}{2}}, no, \\boxed{3}", "0.5")))
        .isEqualTo(Score.of(0));
    assertThat(PLAIN.score(answered("\\boxed{x+1}", "So it is $\\boxed{1+x}$.")))
        .isEqualTo(Score.of(1));
    assertThat(PLAIN.score(answered("\\boxed{5}", 5))).isEqualTo(Score.of(1));
    assertThat(PLAIN.score(answered("\\boxed{2, 1}", List.of("3", "\\{1, 2\\}"))))
        .isEqualTo(Score.of(1));
  }

  @Test
  void noBoxIsNoAnswer() {
    assertThat(PLAIN.score(answered("It is 0.5", "0.5"))).isEqualTo(Score.noAnswer());
    assertThat(PLAIN.score(answered("\\boxed{0.5", "0.5"))).isEqualTo(Score.noAnswer());
  }

  @Test
  void whatIsNotUnderstoodIsComparedAsText() {
    assertThat(PLAIN.score(answered("\\boxed{\\text{No solution}}", "no solution")))
        .isEqualTo(Score.of(1));
    assertThat(PLAIN.score(answered("\\boxed{\\text{No solution}}", "3")))
        .isEqualTo(Score.of(0, 0.25));
    assertThat(PLAIN.score(answered("\\boxed{\\frac{1}{}", "3"))).isEqualTo(Score.noAnswer());
    assertThat(PLAIN.score(answered("\\boxed{\\frac{1}{}}", List.of("3", "4"))))
        .isEqualTo(Score.of(0, 0.25));
  }

  @Test
  void patternsMayFindAnswers() {
    Scorer scorer =
        scorer(
            "type: math-answer, pattern: 'Answer: (.*)', reference-pattern: '#### (.*)', reference: solution");
    Map<String, Object> columns = Map.of("solution", "1 + 1 = 2 #### \\sqrt{4}");

    assertThat(scorer.score(sample("Answer: 2", columns))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("Answer: $\\boxed{2}$.", columns))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("\\boxed{2}", columns))).isEqualTo(Score.noAnswer());
    assertThat(scorer.score(sample("Answer: 2", Map.of("solution", "2")))).isEqualTo(Score.of(1));
  }

  @Test
  void toleranceAndPercentAreOptions() {
    assertThat(
            scorer("type: math-answer, tolerance: 0.01").score(answered("\\boxed{3.14}", "\\pi")))
        .isEqualTo(Score.of(1));
    assertThat(
            scorer("type: math-answer, percent: hundredths")
                .score(answered("\\boxed{10\\%}", "0.1")))
        .isEqualTo(Score.of(1));
    assertThat(PLAIN.score(answered("\\boxed{10\\%}", "0.1"))).isEqualTo(Score.of(0));
  }

  @Test
  void withoutAReferenceThereIsNoScore() {
    assertThat(PLAIN.score(sample("\\boxed{1}")).valid()).isFalse();
    assertThat(PLAIN.score(answered("\\boxed{1}", " ")).reason())
        .isEqualTo("column 'answer' has a blank answer");
    assertThatThrownBy(() -> scorer("type: math-answer, pattern: '[', tolerance: -1"))
        .hasMessageContaining("tolerance");
  }
}
