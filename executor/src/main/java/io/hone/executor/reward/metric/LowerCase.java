package io.hone.executor.reward.metric;

import java.util.Locale;

/**
 * Text in lower case, by the rules of Unicode for no language in particular, in linear time. What
 * Java has needs the square of it where many letters become longer (U+0130), or where many sigmas
 * ask for the ends of their words.
 */
public final class LowerCase {
  private static final char I_WITH_DOT = '\u0130';
  private static final char SIGMA = '\u03A3';
  private static final char FINAL_SIGMA = '\u03C2';

  private LowerCase() {}

  /** The text in lower case. */
  public static String of(String text) {
    return text.indexOf(I_WITH_DOT) < 0 && text.indexOf(SIGMA) < 0
        ? text.toLowerCase(Locale.ROOT)
        : oneByOne(text);
  }

  private static String oneByOne(String text) {
    StringBuilder lower = new StringBuilder(text.length() + 16);
    for (int index = 0, next; index < text.length(); index = next) {
      int point = text.codePointAt(index);
      next = index + Character.charCount(point);
      if (point == I_WITH_DOT) {
        lower.append("i\u0307");
      } else if (point == SIGMA && isLetterBefore(text, index) && !isLetterAt(text, next)) {
        lower.append(FINAL_SIGMA);
      } else {
        lower.appendCodePoint(Character.toLowerCase(point));
      }
    }
    return lower.toString();
  }

  private static boolean isLetterBefore(String text, int index) {
    return index > 0 && Character.isLetter(text.codePointBefore(index));
  }

  private static boolean isLetterAt(String text, int index) {
    return index < text.length() && Character.isLetter(text.codePointAt(index));
  }
}
