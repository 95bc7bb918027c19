package io.hone.executor.reward.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class Tokenizer13aTest {
  /** What one pass has to do, as the four substitutions that define 13a. */
  private static final List<Substitution> SUBSTITUTIONS =
      List.of(
          new Substitution("([!-&(-+/:-@\\[-`{-~ ])", " $1 "),
          new Substitution("([^0-9])([.,])", "$1 $2 "),
          new Substitution("([.,])([^0-9])", " $1 $2"),
          new Substitution("([0-9])(-)", "$1 $2 "));

  /** What Python takes for white space. */
  private static final String SPACES =
      "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

  private static final Pattern TRAILING_SPACE =
      Pattern.compile("(?<![" + SPACES + "])[" + SPACES + "]+\\z");
  private static final Pattern SPACE = Pattern.compile("[" + SPACES + "]+");

  private record Substitution(Pattern pattern, String replacement) {
    Substitution(String regex, String replacement) {
      this(Pattern.compile(regex, Pattern.DOTALL), replacement);
    }
  }

  private static List<String> oracle(String text) {
    String line = TRAILING_SPACE.matcher(text).replaceAll("");
    line = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
    line = line.replace("&quot;", "\"").replace("&amp;", "&");
    line = " " + line.replace("&lt;", "<").replace("&gt;", ">") + " ";
    for (Substitution substitution : SUBSTITUTIONS) {
      line = substitution.pattern().matcher(line).replaceAll(substitution.replacement());
    }
    return Stream.of(SPACE.split(line)).filter(token -> !token.isEmpty()).toList();
  }

  private static void assertAgrees(String text) {
    assertThat(Tokens.of(Tokenizer.MTEVAL_13A, text)).as(text).isEqualTo(oracle(text));
  }

  @Test
  void everyShortTextOfEveryKindOfCharacterAgrees() {
    char[] kinds = {'a', '7', '.', ',', '-', '(', ' ', '\n'};
    int length = 6;
    for (int code = 0; code < Math.pow(kinds.length, length); code++) {
      StringBuilder text = new StringBuilder();
      for (int rest = code, place = 0; place < length; place++, rest /= kinds.length) {
        text.append(kinds[rest % kinds.length]);
      }
      assertAgrees(text.toString());
    }
  }

  @Test
  void everyCharacterAgreesBesideAPointAndADigit() {
    for (char character = 0; character < Character.MAX_VALUE; character++) {
      assertAgrees("5." + character + ".x" + character + "-5-" + character);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.of(
                "<skipped>",
                "<skip",
                "ped>",
                "-\n",
                "&quot;",
                "&amp;",
                "&lt;",
                "&gt;",
                "&amp;lt;",
                "lt;",
                "3,000.50",
                "..",
                "...",
                "5.",
                ".5",
                "\uD83D\uDE00",
                "\uD83D",
                "\uDE00",
                "\u00e9",
                "\u0663",
                "\u3000",
                "\u001c",
                "\u200b",
                "'",
                " \n"),
            Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(3),
            Arbitraries.strings().ofLength(1))
        .list()
        .ofMaxSize(30)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = 10_000)
  void randomTextsAgree(@ForAll("texts") String text) {
    assertAgrees(text);
  }

  @Test
  void megabytesTakeLinearTime() {
    for (String piece : List.of("a", ".", "5.", "-", "<", "&amp;", "\n", " ", "-\n", "\uD800")) {
      assertThat(
              Tokenizer.MTEVAL_13A.ids(piece.repeat((1 << 20) / piece.length()), new Vocabulary()))
          .hasSizeLessThanOrEqualTo(1 << 20);
    }
  }
}
