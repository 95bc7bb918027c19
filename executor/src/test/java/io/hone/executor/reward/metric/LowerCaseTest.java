package io.hone.executor.reward.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class LowerCaseTest {
  @Test
  void isThatOfUnicode() {
    assertThat(LowerCase.of("\u0130STANBUL")).isEqualTo("i\u0307stanbul");
    assertThat(LowerCase.of("ΟΔΟΣ ΣΟΦΟΣ, Σ")).isEqualTo("οδος σοφος, σ");
    assertThat(LowerCase.of("\uD801\uDC00Σ\uD800")).isEqualTo("\uD801\uDC28ς\uD800");
  }

  @Property
  void isThatOfJava(
      @ForAll @Chars({'a', 'A', 'Σ', 'σ', 'İ', 'I', ' ', ',', 'Ω', 'É', 'ß'}) String text) {
    assertThat(LowerCase.of(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
  }
}
