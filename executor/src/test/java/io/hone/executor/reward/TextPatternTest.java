package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.re2j.Pattern;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "A:(.*); A: 1 A: 2; 1 A: 2",
        "A: ([0-9]+); A: 1 A: 2; 2",
        "[0-9]+; 1 and 2 or 33; 33",
        "(?m)^x(.)$; xa xb; NONE",
        "(a)|b; a b; NONE",
        "b(?P<letter>.); ba bb bc; c",
        "q; abc; NONE",
        "\\bc.; cab cob acne; co",
      })
  void findsTheFirstGroupOfTheLastMatch(String regex, String text, String expected) {
    assertThat(TextPattern.compile(regex).last(text).orElse("NONE"))
        .isEqualTo(expected.equals("1 A: 2") ? " 1 A: 2" : expected);
  }

  @Test
  void emptyMatchesEnd() {
    assertThat(TextPattern.compile("x*").last("abc")).contains("");
    assertThat(TextPattern.compile("").last("")).contains("");
  }

  @Test
  void matchesAPartOrAll() {
    TextPattern pattern = TextPattern.compile("b+");

    assertThat(pattern.matchesIn("abbc")).isTrue();
    assertThat(pattern.matchesAll("abbc")).isFalse();
    assertThat(pattern.matchesAll("bb")).isTrue();
  }

  @Test
  void aSearchThatWouldBeQuadraticGivesUp() {
    // Every a starts a match, and each looks for a b up to the end of the text.
    TextPattern pattern = TextPattern.compile("a(.*b)?");

    assertThatThrownBy(() -> pattern.last("a".repeat(1_000_000)))
        .isInstanceOf(UnscorableException.class)
        .hasMessage("the pattern takes too long on this text of 1000000 characters");
  }

  @Test
  void whatBlowsUpWithBacktrackingIsOrdinaryWork() {
    TextPattern pattern = TextPattern.compile("(x+x+)+y|(a|aa)+$|(.*)*z");

    assertThat(pattern.matchesIn("xa".repeat(50_000) + "!")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(((a{1000}){1000}){1000}){1000}",
        "(?:(?:(?:(?:){1000}){1000}){1000}){1000}",
        "(?:(?:[^x]{1000}){1000})*",
        "(\\p{L}{100}){999}",
        "(\\Qab\\E{100}){999}",
        "(a\\Q\\E{100}){999}",
        "a{1000}(?i){1000}(?s-m){1000}",
        "((((((((((((a{9}b){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}"
      })
  void repetitionThatNeedsTooMuchMemoryIsRefused(String regex) {
    assertThat(TextPattern.fault(regex)).isEqualTo("compiles to more than 5000 instructions");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(TextPattern.fault("(".repeat(100_000) + "a" + ")".repeat(100_000)))
        .isEqualTo("nests groups deeper than 100");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "[a", "a{2,1}", "\\", "(?<=a)b", "(a)\\1", "a**", "[z-a]", "\\p{Nope}"})
  void whatIsNoExpressionIsRefusedWithThePart(String regex) {
    assertThat(TextPattern.fault(regex)).startsWith("is not a regular expression of RE2: ");
    assertThatThrownBy(() -> TextPattern.compile(regex))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(regex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{1000}",
        "(?:ab?c){3,200}",
        "[]a{9}]{5}x{",
        "[^]{1000}{]{2}",
        "[[:alpha:]{1000}]{2}",
        "\\{1000}{2}",
        "\\p{Greek}{1000}",
        "\\x{10FFFF}{1000}",
        "\\Qa{1000}b{1000}\\E",
        "a{,5}b{x}{",
        "((a|b|c)*?d+?){50}",
        "(?i:straße){300}",
        "(?P<whole>x|y{10}){60}",
      })
  void ordinaryExpressionsAreAcceptedAndNeverUnderestimated(String regex) {
    assertThat(TextPattern.fault(regex)).isEmpty();
    assertThat(PatternSize.estimate(regex) + 3)
        .isGreaterThanOrEqualTo(Pattern.compile(regex).programSize());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)\u1C80",
        "(?s)a(?mi:b)\\Q\u1C84",
        "(?i)\\x{1c88}",
        "(?i)[\\x{00001C88}]",
        "(?i)[a-\uD83D\uDE00]",
        "(?i)[^x\u00e9-\u4e00]",
        "(?i)[\\x{100}-\\x{2000}]",
      })
  void lettersWhoseCaseRunsInCirclesAreRefused(String regex) {
    assertThat(TextPattern.fault(regex)).startsWith("ignores case, which does not work with");
    assertThat(TextPattern.fault(regex.replace("i", ""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)[a-z\u0410-\u044f]+",
        "(?i)[\u4e00-\u9fa5]",
        "(?i)x-\u4e00",
        "(?i)[\\x{0}-\\x{10FFFF}]",
        "(?i)[^a]\\pL\\p{Cyrillic}\\W[\\w]",
        "(?i)stra\u00dfe \u0130\u0131\u017f\u1e9e"
      })
  void otherLettersFold(String regex) {
    assertThat(TextPattern.fault(regex)).isEmpty();
  }

  /** One that RE2/J cannot fold would compile for ever. Letters with case are all below U+20000. */
  @Test
  void everyLetterIsFoldedOrRefused() {
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          for (int letter = 0x80; letter < 0x20000; letter++) {
            TextPattern.fault("(?i)" + Character.toString(letter));
          }
        });
  }

  /** Behind all of it, the pattern matches nothing once more. */
  @Test
  void nothingBehindTheLastMatchIsNoMatch() {
    assertThat(TextPattern.compile("(?s)(.*)").last("all of it")).contains("all of it");
    assertThat(TextPattern.compile("b*").last("bb a")).contains("bb");
    assertThat(TextPattern.compile("b*").last("a")).contains("");
  }
}
