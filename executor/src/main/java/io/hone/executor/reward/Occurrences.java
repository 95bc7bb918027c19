package io.hone.executor.reward;

/**
 * Counts a piece of text in others, by the algorithm of Knuth, Morris and Pratt: linear, where
 * {@link String#indexOf(String)} is quadratic on {@code aaaa...ab}.
 */
final class Occurrences {
  private final String piece;

  /**
   * At i, the length of the longest proper prefix of the piece that ends its first i + 1
   * characters.
   */
  private final int[] borders;

  /**
   * @throws IllegalArgumentException if the piece is empty
   */
  Occurrences(String piece) {
    if (piece.isEmpty()) {
      throw new IllegalArgumentException("the text to count is empty");
    }
    this.piece = piece;
    this.borders = new int[piece.length()];
    for (int index = 1; index < piece.length(); index++) {
      borders[index] = advance(borders[index - 1], piece.charAt(index));
    }
  }

  /** How often the piece occurs, without overlaps; counting stops at the limit. */
  int in(String text, int limit) {
    int count = 0;
    int matched = 0;
    for (int index = 0; index < text.length() && count < limit; index++) {
      matched = advance(matched, text.charAt(index));
      if (matched == piece.length()) {
        count++;
        matched = 0;
      }
    }
    return count;
  }

  private int advance(int matched, char next) {
    int length = matched;
    while (length > 0 && piece.charAt(length) != next) {
      length = borders[length - 1];
    }
    return piece.charAt(length) == next ? length + 1 : 0;
  }
}
