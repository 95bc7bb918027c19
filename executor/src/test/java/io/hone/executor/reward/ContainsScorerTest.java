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
