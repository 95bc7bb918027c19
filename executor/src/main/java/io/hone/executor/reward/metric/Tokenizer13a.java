package io.hone.executor.reward.metric;

/**
 * The tokenizer 13a, exactly as sacrebleu has it after mteval-v13a.pl, in one pass over the text.
 *
 * <p>There it is four regular expressions, one after the other, on a text between two spaces:
 * symbols of ASCII other than apostrophe, comma, hyphen and period stand alone; a comma or period
 * behind anything but a digit stands alone; one before anything but a digit is cut off what is
 * before it; a hyphen behind a digit stands alone. Each consumes what it matches. Then white space
 * separates tokens.
 */
final class Tokenizer13a {
  private static final byte OTHER = 0;
  private static final byte SPACE = 1;
  private static final byte SYMBOL = 2;
  private static final byte POINT = 3;
  private static final byte HYPHEN = 4;
  private static final byte DIGIT = 5;

  private static final byte[] KINDS = new byte[128];

  static {
    for (char character = 0; character < KINDS.length; character++) {
      KINDS[character] = kindOfAscii(character);
    }
  }

  private Tokenizer13a() {}

  static void tokenize(String text, TokenSink sink) {
    char[] characters = cleaned(text).toCharArray();
    int start = 0;
    byte previous = SPACE;
    byte kind = characters.length == 0 ? SPACE : kind(characters[0]);
    // Whether the character before is a point that was consumed with what is before it.
    boolean consumed = false;
    for (int index = 0; index < characters.length; index++) {
      byte next = index + 1 < characters.length ? kind(characters[index + 1]) : SPACE;
      boolean alone =
          switch (kind) {
            case SYMBOL -> true;
            case POINT -> next != DIGIT || (previous != DIGIT && !consumed);
            case HYPHEN -> previous == DIGIT;
            default -> false;
          };
      if (alone || kind == SPACE) {
        if (start < index) {
          sink.token(characters, start, index);
        }
        start = index + 1;
        if (alone) {
          sink.token(characters, index, start);
        }
      }
      consumed = kind == POINT && previous != DIGIT && !consumed;
      previous = kind;
      kind = next;
    }
    if (start < characters.length) {
      sink.token(characters, start, characters.length);
    }
  }

  /** Without the marks of mteval, hyphenation at line ends, and entities of SGML. */
  private static String cleaned(String text) {
    String line =
        withoutTrailingSpace(text).replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
    return line.indexOf('&') < 0
        ? line
        : line.replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
  }

  private static String withoutTrailingSpace(String text) {
    int end = text.length();
    while (end > 0 && WhiteSpace.is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static byte kind(char character) {
    if (character < KINDS.length) {
      return KINDS[character];
    }
    return WhiteSpace.is(character) ? SPACE : OTHER;
  }

  private static byte kindOfAscii(char character) {
    if (WhiteSpace.is(character)) {
      return SPACE;
    }
    if (character >= '0' && character <= '9') {
      return DIGIT;
    }
    return switch (character) {
      case '.', ',' -> POINT;
      case '-' -> HYPHEN;
      case '\'' -> OTHER;
      default ->
          character > ' ' && character < '\u007F' && !Character.isLetter(character)
              ? SYMBOL
              : OTHER;
    };
  }
}
