package io.hone.executor.reward;

/**
 * The text with which every match of a regular expression begins, as far as the expression shows it
 * without being parsed: where this text is not, a search need not look.
 */
final class LiteralPrefix {
  private static final String SPECIAL = "\\.[](){}*+?|^$";
  private static final String REPEATING = "*+?{";

  private LiteralPrefix() {}

  /** The characters before the first that means something else; empty where there is a choice. */
  static String of(String regex) {
    if (regex.indexOf('|') >= 0) {
      return "";
    }
    int end = 0;
    while (end < regex.length() && isLiteral(regex.charAt(end))) {
      end++;
    }
    // Flags between a character and what repeats it, as in a(?i)*, are no hindrance to RE2/J.
    boolean repeatsLast =
        regex.startsWith("(?", end)
            || end < regex.length() && REPEATING.indexOf(regex.charAt(end)) >= 0;
    return regex.substring(0, repeatsLast && end > 0 ? end - 1 : end);
  }

  /** Halves of characters stand for themselves only as a pair. */
  private static boolean isLiteral(char symbol) {
    return SPECIAL.indexOf(symbol) < 0 && !Character.isSurrogate(symbol);
  }
}
