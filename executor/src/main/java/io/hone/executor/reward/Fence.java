package io.hone.executor.reward;

import java.util.Optional;

/** Text between fences of three backquotes, as models set off code and data. */
final class Fence {
  private static final String FENCE = "```";

  private Fence() {}

  /** What stands between the last two, without the line of the first; empty if nothing does. */
  static Optional<String> last(String text) {
    int closing = text.lastIndexOf(FENCE);
    int opening = closing < 0 ? -1 : text.lastIndexOf(FENCE, closing - 1);
    int start = opening < 0 ? -1 : text.indexOf('\n', opening);
    return start < 0 || start >= closing
        ? Optional.empty()
        : Optional.of(text.substring(start + 1, closing));
  }
}
