package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrderScorerTest {
  private static final String PAGE = "Title\n\nFirst line,\nsecond line.\n \n\nLast.\n";

  @Test
  void paragraphsInOrder() {
    Scorer scorer = scorer("type: order");

    assertThat(scorer.score(answered(PAGE, PAGE))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("Last.\n\nFirst line, second line.\n\nTitle", PAGE)))
        .isEqualTo(Score.of(0));
    assertThat(scorer.score(answered("", PAGE))).isEqualTo(Score.of(0));
    assertThat(
            scorer
                .score(answered("Title\r\n\r\nLast.\r\n\r\nFirst line, second line.", PAGE))
                .value())
        .isCloseTo(2 / 3.0, within(1e-12));
    assertThat(scorer.score(answered("Title\n\nLast.", PAGE)).value())
        .isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void linesAndWords() {
    assertThat(
            scorer("type: order, unit: lines, normalization: squad")
                .score(answered("The one!\n\ntwo", "one\ntwo")))
        .isEqualTo(Score.of(1));
    assertThat(scorer("type: order, unit: words").score(answered(" 1  3 2 ", "1 2 3")).value())
        .isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void referencesNeedItems() {
    Scorer scorer = scorer("type: order, normalization: squad");

    assertThat(scorer.score(answered("a", " ")).reason()).contains("is blank");
    assertThat(scorer.score(answered("a", "the\n\na")).reason())
        .isEqualTo("column 'answer' has no items after normalization");
    assertThat(scorer.score(answered("b", List.of("the", "b", "c")))).isEqualTo(Score.of(1));
  }
}
