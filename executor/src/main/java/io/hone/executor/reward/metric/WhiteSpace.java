package io.hone.executor.reward.metric;

/**
 * What Python's {@code str.split()} takes for white space, by which the reference implementations
 * split: Unicode's white space and the separators U+001C to U+001F. All are single UTF-16
 * characters.
 */
public final class WhiteSpace {
  private static final char NEXT_LINE = '\u0085';

  private WhiteSpace() {}

  /** Whether a text holds nothing else, so that no metric has anything to compare in it. */
  public static boolean isAll(String text) {
    return text.chars().allMatch(character -> is((char) character));
  }

  static boolean is(char character) {
    if (character <= ' ') {
      return character == ' '
          || (character >= '\t' && character <= '\r')
          || (character >= '\u001C');
    }
    return character >= NEXT_LINE && (character == NEXT_LINE || Character.isSpaceChar(character));
  }
}
