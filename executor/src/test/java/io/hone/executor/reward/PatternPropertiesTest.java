package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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

  /** Expressions that mostly begin with text, so that a search can jump to where it stands. */
  @Provide
  Arbitrary<String> prefixed() {
    Arbitrary<String> text =
        Arbitraries.of("a", "ß", "9", "-", ",", "\uD83D\uDE00", "\n")
            .list()
            .ofMaxSize(3)
            .map(PatternPropertiesTest::joined);
    return Combinators.combine(text, regexes()).as((prefix, rest) -> prefix + rest);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b", "ß", "9", "-", ",", "\uD83D\uDE00", "\uD83D", "\uDE00", "\n", "{", "A")
        .list()
        .ofMaxSize(30)
        .map(PatternPropertiesTest::joined);
  }

  @Property(tries = 5_000)
  void theLastMatchIsThatOfASearchFromTheBeginning(
      @ForAll("prefixed") String regex, @ForAll("texts") String text) {
    if (TextPattern.fault(regex).isEmpty()) {
      assertThat(TextPattern.compile(regex).last(text))
          .as("%s in %s", regex, text)
          .isEqualTo(last(Pattern.compile(regex), text));
    }
  }

  private static Optional<String> last(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    Optional<String> last = Optional.empty();
    while (matcher.find()) {
      boolean isNothing = matcher.start() == matcher.end();
      if (!isNothing || last.isEmpty()) {
        last = Optional.ofNullable(matcher.group(Math.min(1, pattern.groupCount())));
      }
    }
    return last;
  }

  private static String joined(List<String> pieces) {
    return String.join("", pieces);
  }
}
