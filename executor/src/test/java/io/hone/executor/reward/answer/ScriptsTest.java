package io.hone.executor.reward.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Character.UnicodeScript;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScriptsTest {
  @Test
  void countsLettersOnly() {
    assertThat(Scripts.share("Die Straße 12, ça va?", Set.of(UnicodeScript.LATIN))).hasValue(1);
    assertThat(Scripts.share("ab 我们", Set.of(UnicodeScript.HAN))).hasValue(0.5);
    assertThat(Scripts.share("データ", Set.of(UnicodeScript.KATAKANA))).hasValue(1);
    assertThat(Scripts.share("\uD840\uDC00a", Set.of(UnicodeScript.HAN))).hasValue(0.5);
    assertThat(Scripts.share("12 + 3 = 15 \uD83D\uDE00 \uD800", Set.of(UnicodeScript.LATIN)))
        .isEmpty();
  }

  @Test
  void scriptsHaveNamesAndCodes() {
    assertThat(Scripts.named("latin")).contains(UnicodeScript.LATIN);
    assertThat(Scripts.named("Hani")).contains(UnicodeScript.HAN);
    assertThat(Scripts.named("english")).isEmpty();
    assertThat(Scripts.named("common")).isEmpty();
    assertThat(Scripts.named("")).isEmpty();
  }
}
