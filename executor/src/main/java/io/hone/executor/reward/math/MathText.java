package io.hone.executor.reward.math;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers in LaTeX as text. */
public final class MathText {
  /** {@code 10_{2}} is {@code 10_2}. */
  private static final Pattern BRACES = Pattern.compile("([_^])\\{([A-Za-z0-9])\\}");

  private final Cursor text;
  private final StringBuilder kept = new StringBuilder();
  private final Deque<Boolean> textBraces = new ArrayDeque<>();
  private boolean spaced;
  private boolean opensText;

  private MathText(String text) {
    this.text = new Cursor(text);
  }

  /**
   * What stands in the last {@code \boxed} or {@code \fbox} whose braces are closed, found in one
   * pass.
   */
  public static Optional<String> lastBoxed(String text) {
    Deque<Integer> braces = new ArrayDeque<>();
    int start = -1;
    int end = -1;
    for (int index = 0; index < text.length(); index++) {
      char next = text.charAt(index);
      if (next == '\\') {
        index++;
      } else if (next == '{') {
        braces.push(index);
      } else if (next == '}' && !braces.isEmpty()) {
        int brace = braces.pop();
        if (isBox(text, brace)) {
          start = brace + 1;
          end = index;
        }
      }
    }
    return start < 0 ? Optional.empty() : Optional.of(text.substring(start, end));
  }

  private static boolean isBox(String text, int brace) {
    int end = brace > 0 && text.charAt(brace - 1) == ' ' ? brace - 1 : brace;
    return text.startsWith("\\boxed", end - 6) || text.startsWith("\\fbox", end - 5);
  }

  /**
   * An answer without what is there for the eye only: sizes, fonts, dollar signs, a final period,
   * and white space but for that between words or numbers.
   */
  static String normalized(String text) {
    return new MathText(text).normalize();
  }

  private String normalize() {
    while (!text.atEnd()) {
      char next = text.take();
      if (next == '\\') {
        command(Cursor.isLetter(text.peek()) ? text.takeLetters() : String.valueOf(text.take()));
      } else if (next == '{') {
        open(opensText);
      } else if (next == '}') {
        close();
      } else if (next == '$' || next == '~' || Character.isWhitespace(next)) {
        spaced = true;
      } else {
        append(String.valueOf(next));
      }
    }
    int length = kept.length();
    String written =
        kept.substring(0, length > 0 && kept.charAt(length - 1) == '.' ? length - 1 : length);
    return BRACES.matcher(written).replaceAll("$1$2");
  }

  private void command(String name) {
    opensText = Vocabulary.TEXTS.contains(name);
    if (Vocabulary.IGNORED.contains(name)) {
      spaced = true;
    } else if (!opensText) {
      append("\\" + Vocabulary.NAMES.getOrDefault(name, name));
    }
  }

  private void open(boolean isText) {
    textBraces.push(isText);
    if (!isText) {
      append("{");
    }
    opensText = false;
  }

  private void close() {
    if (textBraces.isEmpty() || !textBraces.pop()) {
      append("}");
    }
  }

  private void append(String piece) {
    boolean parts =
        !kept.isEmpty() && isWord(kept.charAt(kept.length() - 1)) && isWord(piece.charAt(0));
    kept.append(spaced && parts ? " " : "").append(piece);
    spaced = false;
  }

  private static boolean isWord(char character) {
    return Character.isLetterOrDigit(character);
  }
}
