package io.hone.executor.reward;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.hone.conf.Validated.Problems;
import java.util.Optional;

/**
 * A user's regular expression, in the syntax of RE2.
 *
 * <p>RE2/J finds one match in time linear in the text, but finding every match can be quadratic. So
 * the characters that a search reads are counted, and one that reads too many is given up. Unlike a
 * time limit, this gives the same score on a busy machine as on an idle one, and needs no second
 * thread.
 */
final class TextPattern {
  /**
   * Bounds (characters read) x (instructions), less than half a second of work: 300 times what a
   * pattern of 30 instructions needs for a completion of 5,000 characters.
   */
  private static final long MAX_WORK = 50_000_000L;

  private final Pattern pattern;

  private TextPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** What is wrong with a regular expression, for the user; empty if nothing is. */
  static String fault(String regex) {
    String unusable = PatternSize.fault(regex) + CaseFolding.fault(regex);
    if (!unusable.isEmpty()) {
      return unusable;
    }
    try {
      Pattern.compile(regex);
      return "";
    } catch (PatternSyntaxException e) {
      return "is not a regular expression of RE2: "
          + e.getDescription()
          + " `"
          + e.getPattern()
          + "`";
    }
  }

  /** Reports what is wrong with the regular expression that an option holds. */
  static void report(String key, String regex, Problems problems) {
    String fault = fault(regex);
    if (!fault.isEmpty()) {
      problems.add(key, "'" + regex + "' " + fault);
    }
  }

  /** The same for an option that may be absent. */
  static void report(String key, Optional<String> regex, Problems problems) {
    regex.ifPresent(present -> report(key, present, problems));
  }

  /**
   * Compiles a regular expression.
   *
   * @throws IllegalArgumentException if it has a {@link #fault}
   */
  static TextPattern compile(String regex) {
    String fault = fault(regex);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException("'" + regex + "' " + fault);
    }
    return new TextPattern(Pattern.compile(regex));
  }

  /** Whether the pattern matches somewhere in the text. */
  boolean matchesIn(String text) {
    return matcher(text).find();
  }

  /** Whether the pattern matches the text from its beginning to its end. */
  boolean matchesAll(String text) {
    return matcher(text).matches();
  }

  /** Group 1 of the last match, or the whole match of a pattern without groups. */
  Optional<String> last(String text) {
    Matcher matcher = matcher(text);
    int start = -1;
    while (matcher.find()) {
      start = matcher.start();
    }
    if (start < 0) {
      return Optional.empty();
    }
    matcher.find(start);
    return Optional.ofNullable(matcher.group(Math.min(1, pattern.groupCount())));
  }

  private Matcher matcher(String text) {
    return pattern.matcher(new CountedText(text, MAX_WORK / pattern.programSize()));
  }

  /** A text that can be read only so many times. */
  private static final class CountedText implements CharSequence {
    private final String text;
    private long remaining;

    CountedText(String text, long remaining) {
      this.text = text;
      this.remaining = remaining;
    }

    @Override
    public char charAt(int index) {
      if (--remaining < 0) {
        throw new UnscorableException(
            "the pattern takes too long on this text of " + text.length() + " characters");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
