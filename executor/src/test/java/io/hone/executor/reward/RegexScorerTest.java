package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import org.junit.jupiter.api.Test;

class RegexScorerTest {
  @Test
  void searchesByDefault() {
    Scorer scorer = scorer("type: regex, pattern: 'd[aeiou]g'");

    assertThat(scorer.score(sample("a dig"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("a dyg"))).isEqualTo(Score.of(0));
  }

  @Test
  void canAskForTheWholeCompletion() {
    Scorer scorer = scorer("type: regex, pattern: '(?s)<a>.*</a>', match: full");

    assertThat(scorer.score(sample("<a>\n</a>"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("<a>\n</a>!"))).isEqualTo(Score.of(0));
  }

  @Test
  void aBadPatternNamesItsPlaceAndFault() {
    assertThatThrownBy(() -> scorer("type: regex, pattern: '(a'"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "reward.yaml:1: components[0].pattern: '(a' is not a regular expression of RE2: missing"
                + " closing ) `(a`");
  }
}
