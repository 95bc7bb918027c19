package io.hone.executor.reward;

import io.hone.conf.Doc;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
      String words = withoutPunctuation(text.toLowerCase(Locale.ROOT));
      return Arrays.stream(WHITESPACE_RUN.split(words))
          .filter(word -> !word.isEmpty() && !ARTICLES.contains(word))
          .collect(Collectors.joining(" "));
    }
  };

  // Possessive and of one class: linear, so java.util.regex is safe on any text.
  private static final Pattern WHITESPACE_RUN =
      Pattern.compile("\\s++", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  abstract String apply(String text);

  /** Drops punctuation of any script, and the symbols of ASCII that SQuAD counts as punctuation. */
  private static String withoutPunctuation(String text) {
    StringBuilder rest = new StringBuilder(text.length());
    for (int index = 0; index < text.length(); ) {
      int point = text.codePointAt(index);
      if (!isPunctuation(point)) {
        rest.appendCodePoint(point);
      }
      index += Character.charCount(point);
    }
    return rest.toString();
  }

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
