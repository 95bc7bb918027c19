package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptScorerTest {
  @Test
  void enoughLettersAreOfTheScript() {
    Scorer scorer = scorer("type: script, scripts: [latin]");

    assertThat(scorer.score(sample("It is 42."))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("nine letter 我"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("It is 我们"))).isEqualTo(Score.of(0));
    assertThat(scorer.score(sample("42!"))).isEqualTo(Score.noAnswer());
    assertThat(scorer("type: script, scripts: [latin], minimum-share: 0.6").score(sample("It 我")))
        .isEqualTo(Score.of(1));
  }

  @Test
  void aLanguageMayHaveSeveralScripts() {
    assertThat(scorer("type: script, scripts: [han, hiragana, katakana]").score(sample("私はデータを見る")))
        .isEqualTo(Score.of(1));
  }

  @Test
  void theScriptMayStandInAColumn() {
    Scorer scorer = scorer("type: script, reference: scripts");

    assertThat(scorer.score(sample("привет", Map.of("scripts", "cyrillic"))))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("привет", Map.of("scripts", List.of("latin", "han")))))
        .isEqualTo(Score.of(0));
    assertThat(scorer.score(sample("привет", Map.of("scripts", "russian"))).reason())
        .isEqualTo("'russian' is no script (expected one such as latin or han)");
  }

  @Test
  void aPartMayCountAlone() {
    Scorer scorer = scorer("type: script, scripts: [han], pattern: '<answer>(.*)</answer>'");

    assertThat(scorer.score(sample("I think <answer>我们</answer>"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("我们"))).isEqualTo(Score.noAnswer());
  }

  @Test
  void badOptionsAreRefused() {
    assertThatThrownBy(() -> scorer("type: script"))
        .hasMessageContaining("set either scripts or reference");
    assertThatThrownBy(() -> scorer("type: script, scripts: [latin, english]"))
        .hasMessageContaining("scripts[1]: 'english' is no script");
  }
}
