package io.hone.conf;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a misspelt word was meant to be. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * The end of a message about an unknown word: {@code (did you mean 'top-p'?)} if one of the known
   * ones is close, else {@code (expected one of top-k, top-p)}.
   */
  public static String suggest(String word, Collection<String> known) {
    return closest(word, known)
        .map(match -> "(did you mean '" + match + "'?)")
        .orElseGet(
            () ->
                known.isEmpty()
                    ? "(expected nothing here)"
                    : "(expected one of " + String.join(", ", known) + ")");
  }

  /** The known word with the fewest edits to it, if those are few for its length. */
  static Optional<String> closest(String word, Collection<String> known) {
    int allowed = Math.max(1, Math.min(3, word.length() / 3));
    return known.stream()
        .filter(candidate -> Math.abs(candidate.length() - word.length()) <= allowed)
        .filter(candidate -> distance(word, candidate) <= allowed)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /**
   * Number of insertions, deletions, substitutions and swaps of neighbours between two words
   * (optimal string alignment distance).
   */
  static int distance(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int substitution = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(
                edits[i - 1][j - 1] + substitution, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[from.length()][to.length()];
  }
}
