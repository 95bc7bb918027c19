package io.hone.executor.reward;

import java.util.Optional;

/** Text between fences of three backquotes, as models set off code and data. */
final class Fence {
  private static final String FENCE = "```";

  private Fence() {}

  /**
   * What stands in the last block that says what it is, such as {@code ```python}, else in the last
   * one; empty where none is complete.
   */
  static Optional<String> last(String text) {
    String named = null;
    String other = null;
    int opening = text.indexOf(FENCE);
    while (opening >= 0) {
      int line = text.indexOf('\n', opening);
      int closing = line < 0 ? -1 : text.indexOf(FENCE, line);
      if (closing < 0) {
        break;
      }
      String block = text.substring(line + 1, closing);
      if (text.substring(opening + FENCE.length(), line).isBlank()) {
        other = block;
      } else {
        named = block;
      }
      opening = text.indexOf(FENCE, closing + FENCE.length());
    }
    return Optional.ofNullable(named == null ? other : named);
  }
}
