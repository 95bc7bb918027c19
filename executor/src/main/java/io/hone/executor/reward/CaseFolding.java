package io.hone.executor.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds regular expressions that RE2/J would compile for ever: under {@code (?i)} it looks for all
 * letters that fold to each other by going round until it is back at the first, and from the
 * letters U+1C80 to U+1C88 Java never leads back (issue 168 of RE2/J).
 *
 * <p>Reads the text of the expression without parsing it, so it may refuse what would have worked,
 * but not the reverse.
 */
final class CaseFolding {
  private static final int FIRST_LETTER = 0x1C80;
  private static final int LAST_LETTER = 0x1C88;

  /** RE2/J does not fold a range that reaches over all letters. */
  private static final int FIRST_FOLDED = 0x41;

  private static final int LAST_FOLDED = 0x1044F;

  private static final Pattern IGNORE_CASE = Pattern.compile("\\(\\?[a-zA-Z]*i");
  private static final Pattern CHARACTER =
      Pattern.compile("\\\\x\\{0*([0-9A-Fa-f]{1,6})\\}|.", Pattern.DOTALL);

  private CaseFolding() {}

  /** What is wrong with the letters of an expression; empty if nothing is. */
  static String fault(String regex) {
    return IGNORE_CASE.matcher(regex).find() && hasUnfoldableLetter(characters(regex))
        ? "ignores case, which does not work with the letters U+1C80 to U+1C88 (expected others,"
            + " or no (?i))"
        : "";
  }

  private static boolean hasUnfoldableLetter(List<Integer> characters) {
    int inClasses = characters.indexOf((int) '[');
    for (int index = 0; index < characters.size(); index++) {
      int from = characters.get(index);
      boolean isRange =
          inClasses >= 0
              && inClasses < index
              && index + 2 < characters.size()
              && characters.get(index + 1) == '-';
      int to = isRange ? Math.max(from, characters.get(index + 2)) : from;
      boolean isFolded = from > FIRST_FOLDED || to < LAST_FOLDED;
      if (from <= LAST_LETTER && to >= FIRST_LETTER && isFolded) {
        return true;
      }
    }
    return false;
  }

  private static List<Integer> characters(String regex) {
    List<Integer> characters = new ArrayList<>();
    Matcher character = CHARACTER.matcher(regex);
    while (character.find()) {
      String code = character.group(1);
      characters.add(code == null ? character.group().codePointAt(0) : Integer.parseInt(code, 16));
    }
    return characters;
  }
}
