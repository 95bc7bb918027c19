package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralPrefixTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "A:(.*);A:",
        "#### (-?[0-9.,]+);#### ",
        "answer;answer",
        "ab*;a",
        "ab?c;a",
        "ab+;a",
        "ab{0,2};a",
        "a*;''",
        "a|b;''",
        "ab(c|d);''",
        "(?i)answer;''",
        "(a)b;''",
        "^a;''",
        "\\$5;''",
        "aé\uD83D\uDE00*;aé",
        "'';''",
      })
  void endsBeforeWhatIsNoText(String regex, String expected) {
    assertThat(LiteralPrefix.of(regex)).isEqualTo(expected);
  }
}
