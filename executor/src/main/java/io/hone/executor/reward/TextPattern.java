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
  private final String prefix;

  private TextPattern(String regex) {
    this.pattern = Pattern.compile(regex);
    this.prefix = LiteralPrefix.of(regex);
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
    return new TextPattern(regex);
  }

  /** Whether the pattern matches somewhere in the text. */
  boolean matchesIn(String text) {
    return matcher(text).find();
  }

  /** Whether the pattern matches the text from its beginning to its end. */
  boolean matchesAll(String text) {
    return matcher(text).matches();
  }

  /**
   * Group 1 of the last match, or the whole match of a pattern without groups. Matches are those of
   * a search from the beginning, each from the end of the one before; one of nothing counts only
   * where there is no other before it.
   */
  Optional<String> last(String text) {
    int from = text.indexOf(prefix);
    if (from < 0) {
      return Optional.empty();
    }
    Matcher matcher = matcher(text);
    int start = -1;
    while (from >= 0 && matcher.find(from)) {
      // Behind all that .* matches, it matches nothing once more.
      boolean isNothing = matcher.end() == matcher.start() && start >= 0;
      start = isNothing ? start : matcher.start();
      from = next(text, matcher);
    }
    if (start < 0) {
      return Optional.empty();
    }
    if (from >= 0 || matcher.start() != start) {
      // The search that found nothing more, or nothing but nothing, has forgotten the match.
      matcher.find(start);
    }
    return Optional.ofNullable(matcher.group(Math.min(1, pattern.groupCount())));
  }

  /** Where the match after this one could begin; -1 if there can be none. */
  private int next(String text, Matcher matcher) {
    int from = matcher.end() > matcher.start() ? matcher.end() : matcher.end() + 1;
    // Unlike indexOf, which clips: behind the end there is not even an empty match.
    return from > text.length() ? -1 : text.indexOf(prefix, from);
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
