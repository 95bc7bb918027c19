package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PatternPropertiesTest {
  /** Pieces that make up most syntax of RE2, in any order, so that many are no expressions. */
  @Provide
  Arbitrary<String> regexes() {
    return Arbitraries.of(
            "a",
            "ß",
            "\uD83D\uDE00",
            "\uD800",
            ".",
            "(",
            "(?:",
            "(?i)",
            "(?P<n>",
            ")",
            "[ab]",
            "[^",
            "]",
            "[[:digit:]]",
            "|",
            "*",
            "+",
            "?",
            "*?",
            "{3}",
            "{2,5}",
            "{0,7}",
            "{4,}",
            "{",
            "}",
            "\\d",
            "\\p{Greek}",
            "\\pL",
            "\\",
            "\\Q",
            "\\E",
            "\\b",
            "^",
            "$",
            "\\x{61}",
            "-",
            ",",
            "9")
        .list()
        .ofMaxSize(14)
        .map(pieces -> String.join("", pieces));
  }

  @Property
  void sizesAreNeverUnderestimated(@ForAll("regexes") String regex) {
    if (TextPattern.fault(regex).isEmpty()) {
      // Three more: the program's own beginning and end, and one of an empty expression.
      assertThat(PatternSize.estimate(regex) + 3)
          .as(regex)
          .isGreaterThanOrEqualTo(Pattern.compile(regex).programSize());
    }
  }

  @Property
  void nothingButGivingUpEscapes(@ForAll("regexes") String regex, @ForAll String text) {
    if (TextPattern.fault(regex).isEmpty()) {
      TextPattern pattern = TextPattern.compile(regex);
      try {
        assertThat(pattern.last(text).isEmpty() || pattern.matchesIn(text)).isTrue();
        assertThat(!pattern.matchesAll(text) || pattern.matchesIn(text)).isTrue();
      } catch (UnscorableException expected) {
        assertThat(expected).hasMessageContaining("too long");
      }
    }
  }
}
