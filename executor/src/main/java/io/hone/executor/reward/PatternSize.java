package io.hone.executor.reward;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many instructions a regular expression compiles to, estimated from above without compiling
 * it.
 *
 * <p>RE2/J repeats by copying: {@code ((a{1000}){1000}){1000}} asks for more memory than there is.
 * Its parser recurses over nested groups and its matcher over chains of optional parts, which
 * within the limits here stays far from the end of a stack.
 */
final class PatternSize {
  private static final int MAX_INSTRUCTIONS = 5_000;
  private static final int MAX_DEPTH = 100;

  private final String regex;
  private final Deque<Group> groups = new ArrayDeque<>();
  private int position;

  private PatternSize(String regex) {
    this.regex = regex;
    groups.push(new Group());
  }

  /** What is wrong with the size of a pattern; empty if nothing is. */
  static String fault(String regex) {
    PatternSize size = new PatternSize(regex);
    size.scan();
    if (size.groups.size() > MAX_DEPTH) {
      return "nests groups deeper than " + MAX_DEPTH;
    }
    return size.instructions() > MAX_INSTRUCTIONS
        ? "compiles to more than " + MAX_INSTRUCTIONS + " instructions"
        : "";
  }

  /** At least the number of instructions, or at least the limit if that is passed. */
  static long estimate(String regex) {
    PatternSize size = new PatternSize(regex);
    size.scan();
    return size.instructions();
  }

  /** Stops where a limit is passed; sizes only grow, so they stay far from overflow. */
  private void scan() {
    while (position < regex.length()
        && groups.size() <= MAX_DEPTH
        && groups.peek().size() <= MAX_INSTRUCTIONS) {
      next(regex.charAt(position++));
    }
  }

  private long instructions() {
    return groups.stream().mapToLong(Group::size).sum();
  }

  private void next(char symbol) {
    switch (symbol) {
      case '\\' -> escape();
      case '[' -> characterClass();
      case '(' -> open();
      case ')' -> {
        // One too many is the parser's error to report.
        if (groups.size() > 1) {
          long size = groups.pop().size();
          // Where the group begins, where it ends, and one instruction if it is empty.
          groups.peek().add(size + 3);
        }
      }
      // One choice, and one more instruction where what is repeated or chosen may be empty.
      case '*', '+', '?', '|' -> groups.peek().last += 2;
      case '{' -> counts();
      default -> groups.peek().add(1);
    }
  }

  /** A group, or flags alone, behind which a count repeats what stands before them. */
  private void open() {
    if (regex.startsWith("?", position)) {
      int end = position + 1;
      while (end < regex.length() && "imsU-".indexOf(regex.charAt(end)) >= 0) {
        end++;
      }
      if (regex.startsWith(")", end)) {
        position = end + 1;
        return;
      }
    }
    groups.push(new Group());
  }

  private void escape() {
    if (position == regex.length()) {
      return;
    }
    char escaped = regex.charAt(position++);
    if (escaped == 'Q') {
      int end = regex.indexOf("\\E", position);
      int stop = end < 0 ? regex.length() : end;
      for (int index = position; index < stop; index++) {
        groups.peek().add(1);
      }
      position = end < 0 ? stop : end + 2;
      return;
    }
    groups.peek().add(1);
    boolean mayHaveBraces = escaped == 'p' || escaped == 'P' || escaped == 'x';
    if (mayHaveBraces && position < regex.length() && regex.charAt(position) == '{') {
      int end = regex.indexOf('}', position);
      position = end < 0 ? regex.length() : end + 1;
    }
  }

  private void characterClass() {
    groups.peek().add(1);
    if (position < regex.length() && regex.charAt(position) == '^') {
      position++;
    }
    int first = position;
    while (position < regex.length()) {
      char symbol = regex.charAt(position++);
      if (symbol == '\\') {
        position++;
      } else if (symbol == '[' && regex.startsWith(":", position)) {
        int end = regex.indexOf(":]", position + 1);
        position = end < 0 ? position : end + 2;
      } else if (symbol == ']' && position - 1 > first) {
        return;
      }
    }
  }

  /** {@code {3}}, {@code {3,}} or {@code {3,5}}; other braces are text. */
  private void counts() {
    int end = regex.indexOf('}', position);
    String counts = end < 0 ? "" : regex.substring(position, Math.min(end, position + 16));
    if (!counts.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
      groups.peek().add(1);
      return;
    }
    position = end + 1;
    long copies = 1;
    for (String count : counts.split(",", -1)) {
      copies = Math.max(copies, count.isEmpty() ? 0 : Long.parseLong(count));
    }
    groups.peek().last = (groups.peek().last + 2) * copies;
  }

  /**
   * Sizes within one pair of brackets: of all that is complete, and of what a count would repeat.
   */
  private static final class Group {
    private long complete;
    private long last;

    void add(long size) {
      complete += last;
      last = size;
    }

    long size() {
      return complete + last;
    }
  }
}
