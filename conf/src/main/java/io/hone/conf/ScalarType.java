package io.hone.conf;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type whose values are written as one piece of text.
 *
 * @param name what a value is called in messages: {@code a number}
 * @param label what the reference calls the type
 * @param unit what follows the bounds of a {@link Range} in messages: {@code seconds}
 * @param parser makes a value of text; a runtime exception says that the text is none
 * @param magnitude the number that a {@link Range} bounds, NaN for types without one
 */
record ScalarType<T>(
    String name,
    String label,
    String unit,
    Function<String, T> parser,
    ToDoubleFunction<T> magnitude) {
  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d[\\d_]*");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d[\\d_]*\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Map<String, Duration> TIME_UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private static final Map<Class<?>, ScalarType<?>> TYPES =
      Map.of(
          String.class, unmeasured("text", "text", text -> text),
          Boolean.class, unmeasured("true or false", "true or false", ScalarType::truth),
          Integer.class,
              new ScalarType<>(
                  "a whole number of 32 bits",
                  "whole number",
                  "",
                  text -> Integer.valueOf(digits(WHOLE, text)),
                  Integer::doubleValue),
          Long.class,
              new ScalarType<>(
                  "a whole number of 64 bits",
                  "whole number",
                  "",
                  text -> Long.valueOf(digits(WHOLE, text)),
                  Long::doubleValue),
          Double.class,
              new ScalarType<>(
                  "a finite number", "number", "", ScalarType::real, Double::doubleValue),
          Duration.class,
              new ScalarType<>(
                  "a duration such as 500ms, 30s, 5m, 2h or 1d",
                  "duration",
                  " seconds",
                  ScalarType::duration,
                  time -> time.toMillis() / 1e3),
          DataSize.class,
              new ScalarType<>(
                  "a data size such as 512B, 16KB, 64MB, 2GB or 1TB",
                  "data size",
                  " bytes",
                  DataSize::parse,
                  DataSize::bytes));

  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          boolean.class, Boolean.class,
          int.class, Integer.class,
          long.class, Long.class,
          double.class, Double.class);

  /** Whether text makes values of a class. */
  static boolean exists(Class<?> type) {
    return type.isEnum() || TYPES.containsKey(BOXES.getOrDefault(type, type));
  }

  /**
   * The type that makes values of a class.
   *
   * @throws IllegalArgumentException if no text makes one, an error in a record and not in its use
   */
  static ScalarType<?> of(Class<?> type) {
    if (type.isEnum()) {
      return ofEnum(type);
    }
    ScalarType<?> scalar = TYPES.get(BOXES.getOrDefault(type, type));
    if (scalar == null) {
      throw new IllegalArgumentException("no option can have the type " + type.getName());
    }
    return scalar;
  }

  /** The words for the constants of an enum, in their order. */
  static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> Names.kebab((Enum<?>) c)).toList();
  }

  private static ScalarType<Object> ofEnum(Class<?> type) {
    List<String> words = words(type);
    return unmeasured(
        "one of " + String.join(", ", words),
        "word",
        text -> type.getEnumConstants()[words.indexOf(text)]);
  }

  private static <T> ScalarType<T> unmeasured(
      String name, String label, Function<String, T> parser) {
    return new ScalarType<>(name, label, "", parser, value -> Double.NaN);
  }

  private static String digits(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text.replace("_", "");
  }

  private static Double real(String text) {
    double value = Double.parseDouble(digits(DECIMAL, text));
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    return TIME_UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
  }
}
