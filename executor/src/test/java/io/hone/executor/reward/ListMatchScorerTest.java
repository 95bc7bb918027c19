package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListMatchScorerTest {
  @Test
  void comparesListsInAnyOrder() {
    Scorer scorer = scorer("type: list-match");

    assertThat(scorer.score(answered("b, a", "a, b"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("[\"b\", \"a\"]", List.of("a", "b")))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("1, 2", List.of(2, 1)))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("a, a, b", "a, b"))).isEqualTo(Score.of(0));
    assertThat(scorer.score(answered("A, b", "a, b"))).isEqualTo(Score.of(0));
    assertThat(scorer.score(answered("", List.of()))).isEqualTo(Score.of(1));
  }

  @Test
  void orderMayCount() {
    Scorer scorer = scorer("type: list-match, ordered: true");

    assertThat(scorer.score(answered("a, b", "a, b"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("b, a", "a, b"))).isEqualTo(Score.of(0));
    assertThat(
            scorer("type: list-match, ordered: true, measure: f1")
                .score(answered("b, c, a", "a, b, c")))
        .isEqualTo(Score.of(2.0 * 2 / 6));
  }

  @Test
  void partsMayBeWorthSomething() {
    assertThat(scorer("type: list-match, measure: jaccard").score(answered("a, a, b", "a, b, c")))
        .isEqualTo(Score.of(2.0 / 4));
    assertThat(scorer("type: list-match, measure: f1").score(answered("a, a, b", "a, b, c")))
        .isEqualTo(Score.of(2.0 * 2 / 6));
  }

  @Test
  void separatorPatternAndNormalizationAreOptions() {
    Scorer scorer =
        scorer("type: list-match, separator: ';', pattern: 'List: (.*)', normalization: squad");

    assertThat(scorer.score(answered("List: The Beatles; Abba", "ABBA; Beatles")))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("Abba", "ABBA"))).isEqualTo(Score.noAnswer());
    assertThatThrownBy(() -> scorer("type: list-match, separator: ''"))
        .hasMessageContaining("separator: is empty");
  }

  @Test
  void whatCannotBeComparedIsNotWrong() {
    assertThat(scorer("type: list-match").score(answered("a", List.of(List.of()))).valid())
        .isFalse();
    assertThat(
            scorer("type: list-match, ordered: true")
                .score(answered("a,".repeat(100_000), Collections.nCopies(1_000, "a")))
                .reason())
        .isEqualTo("lists of 100000 and 1000 items are too long to be compared in order");
  }
}
