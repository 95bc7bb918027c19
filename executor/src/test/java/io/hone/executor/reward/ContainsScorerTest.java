package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainsScorerTest {
  @Test
  void looksForAFixedText() {
    Scorer scorer = scorer("type: contains, text: the end");

    assertThat(scorer.score(sample("This is the  end."))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("The end"))).isEqualTo(Score.of(0));
  }

  @Test
  void looksForAnyReference() {
    Scorer scorer = scorer("type: contains, reference: answer, normalization: squad");

    assertThat(scorer.score(answered("It was the Eiffel-Tower!", "eiffeltower")))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("It was Rome", List.of("Paris", "rome"))))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("It was Bonn", List.of("Paris", "rome"))))
        .isEqualTo(Score.of(0));
  }

  /** Sub-exact match: the reference is in the answer, which is a part of the completion. */
  @Test
  void mayLookInTheAnswerOnly() {
    Scorer scorer =
        scorer(
            "type: contains, reference: answer, normalization: squad, answer-tag-limit: 10,"
                + " pattern: '<answer>(.*?)</answer>'");

    assertThat(scorer.score(answered("<answer>in Paris, France</answer>", "Paris")))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("Paris <answer>in Rome</answer>", "Paris")))
        .isEqualTo(Score.of(0));
    assertThat(scorer.score(answered("Paris", "Paris"))).isEqualTo(Score.noAnswer());
    assertThat(scorer.score(answered("<answer>Paris</answer>".repeat(11), "Paris")))
        .isEqualTo(Score.of(0.25));
  }

  @Test
  void anEmptyReferenceIsNotInEveryCompletion() {
    Scorer scorer = scorer("type: contains, reference: answer, normalization: squad");

    assertThat(scorer.score(answered("anything", " The ... ")))
        .isEqualTo(Score.invalid("the text to look for is empty: ' The ... '"));
  }

  @Test
  void eitherATextOrAReference() {
    for (String options : List.of("type: contains", "type: contains, text: a, reference: b")) {
      assertThatThrownBy(() -> scorer(options))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("text: set either text or reference");
    }
    assertThatThrownBy(() -> scorer("type: contains, text: ' '"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is empty after normalization");
  }
}
