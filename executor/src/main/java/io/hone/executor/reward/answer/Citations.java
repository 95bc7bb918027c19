package io.hone.executor.reward.answer;

import java.util.ArrayList;
import java.util.List;

/** Finds citations by number in text: {@code [1]}, {@code [2,3]}, {@code [2, 3]}. */
public final class Citations {
  /** Longer numbers are none of a document. */
  private static final int MAX_DIGITS = 9;

  private final String text;
  private int position;

  private Citations(String text) {
    this.text = text;
  }

  /** The numbers that are cited, in order, each as often as it is. */
  public static List<Integer> in(String text) {
    return new Citations(text).find();
  }

  private List<Integer> find() {
    List<Integer> numbers = new ArrayList<>();
    while (position < text.length()) {
      if (text.charAt(position++) == '[') {
        numbers.addAll(bracket());
      }
    }
    return numbers;
  }

  /** Numbers between commas up to the closing bracket; none if something else stands there. */
  private List<Integer> bracket() {
    List<Integer> numbers = new ArrayList<>();
    do {
      skipSpaces();
      int start = position;
      while (isDigit()) {
        position++;
      }
      int digits = position - start;
      if (digits == 0 || digits > MAX_DIGITS) {
        return List.of();
      }
      numbers.add(Integer.parseInt(text.substring(start, position)));
      skipSpaces();
    } while (take(','));
    return take(']') ? numbers : List.of();
  }

  private void skipSpaces() {
    while (position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
  }

  private boolean isDigit() {
    return position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
  }

  private boolean take(char symbol) {
    boolean isNext = position < text.length() && text.charAt(position) == symbol;
    position += isNext ? 1 : 0;
    return isNext;
  }
}
