package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextNormalizationTest {
  @Test
  void noneChangesNothing() {
    assertThat(TextNormalization.NONE.apply(" The\t Cat. ")).isEqualTo(" The\t Cat. ");
  }

  @Test
  void whitespaceCollapsesOfAnyScript() {
    assertThat(TextNormalization.WHITESPACE.apply("\u00a0 The\t\u3000\n Cat. \u00a0"))
        .isEqualTo("The Cat.");
  }

  @Test
  void squadKeepsLowerCaseWordsWithoutArticlesAndPunctuation() {
    assertThat(TextNormalization.SQUAD.apply("  The  Answer, is: (An) “A’s” $5.00-ish! a "))
        .isEqualTo("answer is as 500ish");
  }

  @Test
  void whiteSpaceIsTheSameEverywhere() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String spaced = "x" + Character.toString(point) + "y";
      if (TextNormalization.WHITESPACE.apply(spaced).equals("x y")) {
        assertThat(TextNormalization.SQUAD.apply(spaced)).as("U+%x", point).isEqualTo("x y");
      } else {
        assertThat(TextNormalization.SQUAD.apply(spaced)).as("U+%x", point).isNotEqualTo("x y");
      }
    }
  }

  @Property
  void applyingItTwiceIsApplyingItOnce(@ForAll String text, @ForAll TextNormalization how) {
    assertThat(how.apply(how.apply(text))).isEqualTo(how.apply(text));
  }
}
