package io.hone.jobs.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text of prompts and models made fit to print: bounded, and unable to steer the terminal. */
public final class Excerpt {
  private Excerpt() {}

  /**
   * The beginning of a text, with control and formatting characters but for line breaks and tabs
   * spelled out.
   *
   * @param limit most characters kept
   */
  public static String of(String text, int limit) {
    int end = Math.min(text.length(), limit);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder excerpt = new StringBuilder();
    text.substring(0, end).codePoints().forEach(character -> append(excerpt, character));
    if (end < text.length()) {
      excerpt.append(" [+").append(text.length() - end).append(" characters]");
    }
    return excerpt.toString();
  }

  /** An excerpt with its name before the first line and the other lines below it. */
  public static List<String> labelled(String name, String text, int limit) {
    List<String> lines = new ArrayList<>();
    for (String line : of(text, limit).split("\n", -1)) {
      String label = lines.isEmpty() ? name : "";
      lines.add(String.format(Locale.ROOT, "  %-12s%s", label, line).stripTrailing());
    }
    return lines;
  }

  private static void append(StringBuilder excerpt, int character) {
    boolean harmless =
        switch (Character.getType(character)) {
          case Character.CONTROL -> character == '\n' || character == '\t';
          case Character.FORMAT, Character.SURROGATE -> false;
          default -> true;
        };
    if (harmless) {
      excerpt.appendCodePoint(character);
    } else {
      excerpt.append(String.format(Locale.ROOT, "\\u%04x", character));
    }
  }
}
