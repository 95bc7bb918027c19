package io.hone.executor.reward.metric;

/** The tokenizers that look at one character at a time. */
final class Words {
  private Words() {}

  static void betweenWhiteSpace(String text, TokenSink sink) {
    char[] characters = text.toCharArray();
    int start = 0;
    for (int index = 0; index < characters.length; index++) {
      if (WhiteSpace.is(characters[index])) {
        give(characters, start, index, sink);
        start = index + 1;
      }
    }
    give(characters, start, characters.length, sink);
  }

  static void ofAscii(String text, TokenSink sink) {
    char[] characters = LowerCase.of(text).toCharArray();
    int start = 0;
    for (int index = 0; index < characters.length; index++) {
      char character = characters[index];
      boolean inWord =
          (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
      if (!inWord) {
        give(characters, start, index, sink);
        start = index + 1;
      }
    }
    give(characters, start, characters.length, sink);
  }

  static void ofAnyScript(String text, TokenSink sink) {
    char[] characters = LowerCase.of(text).toCharArray();
    int start = 0;
    for (int index = 0; index < characters.length; ) {
      int point = Character.codePointAt(characters, index);
      int next = index + Character.charCount(point);
      if (Character.isIdeographic(point)) {
        give(characters, start, index, sink);
        give(characters, index, next, sink);
        start = next;
      } else if (!isWordCharacter(point)) {
        give(characters, start, index, sink);
        start = next;
      }
      index = next;
    }
    give(characters, start, characters.length, sink);
  }

  private static boolean isWordCharacter(int point) {
    return Character.isLetterOrDigit(point)
        || switch (Character.getType(point)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              true;
          default -> false;
        };
  }

  private static void give(char[] characters, int start, int end, TokenSink sink) {
    if (start < end) {
      sink.token(characters, start, end);
    }
  }
}
