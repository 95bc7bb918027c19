package io.hone.executor.reward.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void whiteSpaceIsPythons() {
    // [c for c in range(0x110000) if chr(c).isspace()] of Python 3.11.
    int[] expected = {
      0x9, 0xa, 0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001,
      0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
      0x202f, 0x205f, 0x3000
    };

    assertThat(IntStream.rangeClosed(0, Character.MAX_VALUE).filter(c -> WhiteSpace.is((char) c)))
        .containsExactly(IntStream.of(expected).boxed().toArray(Integer[]::new));
  }

  @Test
  void whiteSpaceSeparates() {
    assertThat(Tokens.of(Tokenizer.WHITE_SPACE, " a,b\u00a0C\t\n d "))
        .containsExactly("a,b", "C", "d");
    assertThat(Tokens.of(Tokenizer.WHITE_SPACE, " ")).isEmpty();
    assertThat(Tokens.of(Tokenizer.WHITE_SPACE, "")).isEmpty();
  }

  @Test
  void wordsOfAsciiAreLettersAndDigits() {
    assertThat(Tokens.of(Tokenizer.ASCII_WORDS, "The na\u00efve cat's 3.5_x\u0663"))
        .containsExactly("the", "na", "ve", "cat", "s", "3", "5", "x");
    // The sign for kelvin is no letter of ASCII, but its lower case is one.
    assertThat(Tokens.of(Tokenizer.ASCII_WORDS, "\u212a")).containsExactly("k");
  }

  @Test
  void wordsOfAnyScript() {
    assertThat(
            Tokens.of(
                Tokenizer.WORDS,
                "The na\u00efve cat's \u041f\u0440\u0438\u0432\u0435\u0442, e\u0301 5\u4f60\u597da\uD840\uDC00"))
        .containsExactly(
            "the",
            "na\u00efve",
            "cat",
            "s",
            "\u043f\u0440\u0438\u0432\u0435\u0442",
            "e\u0301",
            "5",
            "\u4f60",
            "\u597d",
            "a",
            "\uD840\uDC00");
    assertThat(Tokens.of(Tokenizer.WORDS, "\uD800 ... \uDC00")).isEmpty();
  }
}
