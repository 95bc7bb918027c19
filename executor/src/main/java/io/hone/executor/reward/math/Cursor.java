package io.hone.executor.reward.math;

/** A place in a text that moves on. */
final class Cursor {
  private final String text;
  private int position;

  Cursor(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return position >= text.length();
  }

  /** The next character, or 0 at the end. */
  char peek() {
    return peek(0);
  }

  /** A character further on, or 0 behind the end. */
  char peek(int distance) {
    return position + distance < text.length() ? text.charAt(position + distance) : 0;
  }

  boolean isDigit(int distance) {
    return peek(distance) >= '0' && peek(distance) <= '9';
  }

  void skip(int characters) {
    position = Math.min(text.length(), position + characters);
  }

  void skipSpaces() {
    while (!atEnd() && Character.isWhitespace(peek())) {
      position++;
    }
  }

  /** Takes the next character, or 0 at the end. */
  char take() {
    char next = peek();
    skip(1);
    return next;
  }

  /** Moves behind a piece of text if it comes next. */
  boolean take(String piece) {
    boolean isNext = text.startsWith(piece, position);
    if (isNext) {
      position += piece.length();
    }
    return isNext;
  }

  /** Takes as many digits as there are. */
  String takeDigits() {
    int start = position;
    while (isDigit(0)) {
      position++;
    }
    return text.substring(start, position);
  }

  /** Takes as many letters of English as there are. */
  String takeLetters() {
    int start = position;
    while (isLetter(peek())) {
      position++;
    }
    return text.substring(start, position);
  }

  /**
   * Takes what stands between a brace and the one that closes it.
   *
   * @throws UnreadableException if no brace comes next, or none closes it
   */
  String takeGroup() {
    int depth = 0;
    for (int end = position; end < text.length(); end++) {
      char next = text.charAt(end);
      depth += next == '{' ? 1 : next == '}' ? -1 : 0;
      if (depth == 0) {
        String group = next == '}' ? text.substring(position + 1, end) : "";
        position = end + 1;
        if (next == '}') {
          return group;
        }
        break;
      }
    }
    throw new UnreadableException("expected {...}");
  }

  static boolean isLetter(char character) {
    char lower = (char) (character | 0x20);
    return lower >= 'a' && lower <= 'z';
  }
}
