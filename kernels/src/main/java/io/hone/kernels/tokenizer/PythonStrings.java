package io.hone.kernels.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Methods of Python's {@code str}, which chat templates call; pure functions. */
final class PythonStrings {
  /** What {@link #isSpace} accepts. */
  private static final Pattern SPACES = Pattern.compile("[\\t-\\r\\x1C-\\x1F\\x{85}\\p{Z}]+");

  private PythonStrings() {}

  /**
   * Calls a method by its name.
   *
   * @param arguments strings and whole numbers
   * @throws TemplateFailure if there is no such method here, or not with these arguments
   */
  static Object call(String text, String method, List<Object> arguments) {
    return switch (method) {
      case "strip" -> strip(text, characters(method, arguments), true, true);
      case "lstrip" -> strip(text, characters(method, arguments), true, false);
      case "rstrip" -> strip(text, characters(method, arguments), false, true);
      case "startswith" -> text.startsWith(only(method, arguments));
      case "endswith" -> text.endsWith(only(method, arguments));
      case "split" -> split(text, method, arguments);
      case "replace" -> replace(text, method, arguments);
      case "join" -> join(text, method, arguments);
      case "lower" -> none(method, arguments, text.toLowerCase(Locale.ROOT));
      case "upper" -> none(method, arguments, text.toUpperCase(Locale.ROOT));
      default -> throw new TemplateFailure("the string method '" + method + "' is not supported");
    };
  }

  /**
   * Text without the characters at its ends.
   *
   * @param characters those to remove; null for white space as Python's {@code str.isspace} sees it
   */
  static String strip(String text, String characters, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end) {
      int codePoint = text.codePointAt(start);
      if (!strips(codePoint, characters)) {
        break;
      }
      start += Character.charCount(codePoint);
    }
    while (right && end > start) {
      int codePoint = text.codePointBefore(end);
      if (!strips(codePoint, characters)) {
        break;
      }
      end -= Character.charCount(codePoint);
    }
    return text.substring(start, end);
  }

  private static boolean strips(int codePoint, String characters) {
    return characters == null ? isSpace(codePoint) : characters.indexOf(codePoint) >= 0;
  }

  /** Unicode white space, and the four information separators. */
  private static boolean isSpace(int codePoint) {
    return Character.isSpaceChar(codePoint)
        || (codePoint >= '\t' && codePoint <= '\r')
        || (codePoint >= 0x1C && codePoint <= 0x1F)
        || codePoint == 0x85;
  }

  private static List<String> split(String text, String method, List<Object> arguments) {
    if (arguments.isEmpty()) {
      String stripped = strip(text, null, true, true);
      return stripped.isEmpty() ? List.of() : List.of(SPACES.split(stripped));
    }
    if (arguments.size() > 2) {
      throw wrongArguments(method, arguments);
    }
    String separator = text(method, arguments, 0);
    if (separator.isEmpty()) {
      throw new TemplateFailure("split: the separator is empty");
    }
    long most = arguments.size() == 2 ? number(method, arguments, 1) : -1;
    List<String> parts = new ArrayList<>();
    int start = 0;
    int found = text.indexOf(separator);
    while (found >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(start, found));
      start = found + separator.length();
      found = text.indexOf(separator, start);
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String join(String text, String method, List<Object> arguments) {
    if (arguments.size() != 1 || !(arguments.get(0) instanceof Iterable<?> elements)) {
      throw wrongArguments(method, arguments);
    }
    StringJoiner joiner = new StringJoiner(text);
    for (Object element : elements) {
      if (!(element instanceof String part)) {
        throw wrongArguments(method, arguments);
      }
      PythonSemantics.requireLength((long) joiner.length() + text.length() + part.length());
      joiner.add(part);
    }
    return joiner.toString();
  }

  private static String replace(String text, String method, List<Object> arguments) {
    if (arguments.size() != 2) {
      throw wrongArguments(method, arguments);
    }
    String target = text(method, arguments, 0);
    if (target.isEmpty()) {
      throw new TemplateFailure("replace: the text to replace is empty");
    }
    String replacement = text(method, arguments, 1);
    long found = split(text, method, List.of(target)).size() - 1L;
    PythonSemantics.requireLength(text.length() + found * (replacement.length() - target.length()));
    return text.replace(target, replacement);
  }

  private static String characters(String method, List<Object> arguments) {
    return arguments.isEmpty() ? null : only(method, arguments);
  }

  private static String only(String method, List<Object> arguments) {
    if (arguments.size() != 1) {
      throw wrongArguments(method, arguments);
    }
    return text(method, arguments, 0);
  }

  private static String none(String method, List<Object> arguments, String result) {
    if (!arguments.isEmpty()) {
      throw wrongArguments(method, arguments);
    }
    return result;
  }

  private static String text(String method, List<Object> arguments, int index) {
    if (arguments.get(index) instanceof String text) {
      return text;
    }
    throw wrongArguments(method, arguments);
  }

  private static long number(String method, List<Object> arguments, int index) {
    if (arguments.get(index) instanceof Number number) {
      return number.longValue();
    }
    throw wrongArguments(method, arguments);
  }

  private static TemplateFailure wrongArguments(String method, List<Object> arguments) {
    return new TemplateFailure(
        "the string method '" + method + "' is not supported with the arguments " + arguments);
  }
}
