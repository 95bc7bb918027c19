package io.hone.executor.reward.math;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MathTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "so \\boxed{5}|5",
        "\\boxed{5} or \\boxed{6}|6",
        "\\boxed{\\frac{1}{\\sqrt{2}}}.|\\frac{1}{\\sqrt{2}}",
        "\\fbox{7}|7",
        "\\boxed {8}|8",
        "\\boxed{\\{1, 2\\}}|\\{1, 2\\}",
        "\\boxed{a \\} b}|a \\} b",
        "\\boxed{5} and \\boxed{6|5",
        "{ \\boxed{5}|5",
        "} \\boxed{5}|5",
        "\\boxed{1} {\\boxed{2}}|2",
      })
  void findsTheLastClosedBox(String text, String expected) {
    assertThat(MathText.lastBoxed(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "{5}", "\\boxed", "\\boxed{", "boxed{5}", "\\boxed 5", "\\"})
  void findsNoOther(String text) {
    assertThat(MathText.lastBoxed(text)).isEmpty();
  }

  @Test
  void longTextsTakeOnePass() {
    assertThat(MathText.lastBoxed("\\boxed{".repeat(100_000) + "x" + "}".repeat(100_000)))
        .hasValueSatisfying(inside -> assertThat(inside).startsWith("\\boxed{"));
    assertThat(MathText.lastBoxed("\\boxed{".repeat(200_000))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$ \\left( 1 , 2 \\right) $|(1,2)",
        "\\text{no   solution}.|no solution",
        "\\dfrac{ 1 }{ 2 }|\\frac{1}{2}",
        "1 1/2|1 1/2",
        "\\mathrm{a}{b}|a{b}",
        "\\text{a {b} c}|a{b}c",
        "} x|}x",
      })
  void keepsWhatCounts(String text, String expected) {
    assertThat(MathText.normalized(text)).isEqualTo(expected);
  }

  @Property
  void noTextIsTooStrange(@ForAll String text) {
    assertThat(MathText.normalized(text)).hasSizeLessThanOrEqualTo(text.length() + text.length());
    assertThat(MathText.lastBoxed("\\boxed{x}" + text)).isPresent();
  }
}
