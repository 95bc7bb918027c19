package io.hone.executor.reward.answer;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the letter of the choice that a text answers to a multiple-choice question.
 *
 * <p>The strongest form counts, and of this the last: a letter that is stated to be the answer
 * ({@code The answer is b.}, {@code Answer: (B)}, {@code The correct option is B}, {@code B is
 * correct}, {@code \boxed{B}}); else a capital that stands out ({@code (B)}, {@code [B]}, {@code
 * **B**}, {@code option B}); else the one capital that is a line of its own or begins one ({@code
 * B}, {@code B. Paris}). Where lines begin with several letters, they repeat the choices, and none
 * is the answer.
 */
public final class ChoiceLetter {
  // Every repetition is bounded, so java.util.regex is linear here on any text.
  private static final String BETWEEN =
      "(?:[\\s*_:=$(\\[{>\"'-]|is|are|be|was|would|should|must|the|thus|therefore|most|likely|correct"
          + "|right|best|option|choice|letter|to|this|question|definitely|clearly|probably"
          + "|\\\\(?:boxed|text|textbf|mathrm|mathbf))";
  private static final String LETTER =
      "(?!I [a-z])(?![A-Za-z] (?:or|and) [A-Za-z]\\b)(?:(?<capital>[A-Z])(?![A-Za-z'])|(?<small>[a-z])(?=\\s*$|[.,;:!)\\]}*\\n]))";
  private static final Pattern STATED =
      Pattern.compile(
          "(?i:(?:(?<!/)\\banswer|\\b(?:correct|right|best) (?:option|choice))"
              + BETWEEN
              + "{1,16}|答案[是为选：: ]{0,4}|\\\\boxed\\{"
              + BETWEEN
              + "{0,6})"
              + LETTER
              + "|\\b(?<leading>[A-Z]) is (?:the )?(?:correct|right|best)\\b");
  private static final Pattern OUTSTANDING =
      Pattern.compile(
          "\\((?<round>[A-Z])\\)|\\[(?<square>[A-Z])\\]|\\*\\*(?<bold>[A-Z])[.):]?\\*\\*"
              + "|\\b(?i:option|choice) (?<named>[A-Z])\\b");
  private static final Pattern LINE =
      Pattern.compile("(?m)^[ \\t]{0,8}(?<letter>[A-Z])(?:[.):](?=\\s|$)|[ \\t]{0,8}$)");

  private ChoiceLetter() {}

  /**
   * The number of the choice, from 0 for A on.
   *
   * @param choices how many there are; other letters are no answer
   */
  public static OptionalInt find(String text, int choices) {
    OptionalInt stated = last(STATED.matcher(text), choices, "capital", "small", "leading");
    if (stated.isPresent()) {
      return stated;
    }
    OptionalInt outstanding =
        last(OUTSTANDING.matcher(text), choices, "round", "square", "bold", "named");
    return outstanding.isPresent() ? outstanding : onlyLine(text, choices);
  }

  private static OptionalInt last(Matcher matcher, int choices, String... groups) {
    OptionalInt last = OptionalInt.empty();
    while (matcher.find()) {
      for (String group : groups) {
        OptionalInt found = number(matcher.group(group), choices);
        last = found.isPresent() ? found : last;
      }
    }
    return last;
  }

  private static OptionalInt onlyLine(String text, int choices) {
    Set<Integer> letters = new HashSet<>();
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      number(line.group("letter"), choices).ifPresent(letters::add);
    }
    return letters.size() == 1 ? OptionalInt.of(letters.iterator().next()) : OptionalInt.empty();
  }

  private static OptionalInt number(String letter, int choices) {
    if (letter == null) {
      return OptionalInt.empty();
    }
    int number = (letter.charAt(0) & ~0x20) - 'A';
    return number < choices ? OptionalInt.of(number) : OptionalInt.empty();
  }
}
