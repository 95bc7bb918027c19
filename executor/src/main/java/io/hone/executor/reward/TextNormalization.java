package io.hone.executor.reward;

import io.hone.conf.Doc;
import io.hone.executor.reward.metric.LowerCase;
import java.util.Set;
import java.util.regex.Pattern;

/** What is taken for the same text. */
enum TextNormalization {
  @Doc("every character counts")
  NONE {
    @Override
    String apply(String text) {
      return text;
    }
  },
  @Doc("white space at the ends does not count, and elsewhere only that there is some")
  WHITESPACE {
    @Override
    String apply(String text) {
      return WHITESPACE_RUN.matcher(text).replaceAll(" ").strip();
    }
  },
  @Doc("nor do case, punctuation and the articles a, an, the, as in the evaluation of SQuAD")
  SQUAD {
    @Override
    String apply(String text) {
      StringBuilder words = new StringBuilder(text.length());
      StringBuilder word = new StringBuilder();
      String lower = LowerCase.of(text);
      for (int index = 0; index < lower.length(); ) {
        int point = lower.codePointAt(index);
        if (isWhiteSpace(point)) {
          appendWord(words, word);
        } else if (!isPunctuation(point)) {
          word.appendCodePoint(point);
        }
        index += Character.charCount(point);
      }
      appendWord(words, word);
      return words.toString();
    }
  };

  // Possessive and of one class: linear, so java.util.regex is safe on any text.
  private static final Pattern WHITESPACE_RUN =
      Pattern.compile("\\s++", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  abstract String apply(String text);

  /** Moves a word to the others, unless it is an article. */
  private static void appendWord(StringBuilder words, StringBuilder word) {
    if (!word.isEmpty() && !ARTICLES.contains(word.toString())) {
      words.append(words.isEmpty() ? "" : " ").append(word);
    }
    word.setLength(0);
  }

  /** What {@link #WHITESPACE_RUN} is made of. */
  private static boolean isWhiteSpace(int point) {
    return Character.isSpaceChar(point) || (point >= '\t' && point <= '\r') || point == 0x85;
  }

  /** Punctuation of any script, and the symbols of ASCII that SQuAD counts as punctuation. */
  private static boolean isPunctuation(int point) {
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> "$+<=>^`|~".indexOf(point) >= 0;
    };
  }
}
