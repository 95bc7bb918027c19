package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CitationScorerTest {
  private static Sample given(String completion, Object documents) {
    return sample(completion, Map.of("documents", documents));
  }

  @Test
  void everyCitationIsOfAGivenDocument() {
    Scorer scorer = scorer("type: citation");

    assertThat(scorer.score(given("Yes [1], no [2,3].", 3))).isEqualTo(Score.of(1));
    assertThat(scorer.score(given("Yes [1], no [2,4].", 3))).isEqualTo(Score.of(0));
    assertThat(scorer.score(given("Yes [0].", 3))).isEqualTo(Score.of(0));
    assertThat(scorer.score(given("Yes.", 3))).isEqualTo(Score.noAnswer());
  }

  @Test
  void documentsMayBeListedByNumberOrAsTheyAre() {
    Scorer scorer = scorer("type: citation");

    assertThat(scorer.score(given("[12]", List.of(7, 12)))).isEqualTo(Score.of(1));
    assertThat(scorer.score(given("[1]", List.of(7, 12)))).isEqualTo(Score.of(0));
    assertThat(scorer.score(given("[2]", List.of("one text", Map.of("title", "two")))))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(given("[3]", List.of("one text", "two")))).isEqualTo(Score.of(0));
    assertThat(scorer.score(given("[1]", List.of()))).isEqualTo(Score.of(0));
  }

  @Test
  void severalDocumentsMayHaveToBeCited() {
    Scorer scorer = scorer("type: citation, minimum: 2");

    assertThat(scorer.score(given("[1] [1]", 3))).isEqualTo(Score.of(0));
    assertThat(scorer.score(given("[1] [3]", 3))).isEqualTo(Score.of(1));
  }

  @Test
  void theShareOfGivenOnesMayCount() {
    Scorer scorer = scorer("type: citation, partial: true");

    assertThat(scorer.score(given("[1] [2,9] [9]", 3))).isEqualTo(Score.of(0.5));
    assertThat(scorer.score(given("[9]", 3))).isEqualTo(Score.of(0));
  }

  @Test
  void unknownDocumentsAreNotWrongCitations() {
    assertThat(scorer("type: citation").score(given("[1]", "three")).reason())
        .isEqualTo(
            "column 'documents' holds three (expected a number, or a list of documents or of their"
                + " numbers)");
    assertThat(scorer("type: citation").score(sample("[1]")).valid()).isFalse();
  }
}
