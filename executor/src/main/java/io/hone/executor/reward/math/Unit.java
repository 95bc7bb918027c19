package io.hone.executor.reward.math;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unit of length, mass and time, or of what is made of these, such as area, volume and speed.
 *
 * <p>A unit has a symbol and names, in the singular and the plural; it may have a power ({@code
 * cm^2}, {@code cm²}, {@code square metres}, {@code cubic feet}) and be divided by another ({@code
 * km/h}, {@code miles per hour}). Left out are names that are more often something else ({@code
 * in}), that differ between countries ({@code gallon}) and scales without a common zero
 * (temperatures).
 *
 * @param factor of this unit to metre, kilogram and second
 * @param length power of the length in it
 * @param mass power of the mass
 * @param time power of the time
 */
record Unit(Rational factor, int length, int mass, int time) {
  private static final Unit METRE = new Unit(Rational.ONE, 1, 0, 0);
  private static final Unit CUBIC_METRE = METRE.power(3);
  private static final Unit KILOGRAM = new Unit(Rational.ONE, 0, 1, 0);
  private static final Unit SECOND = new Unit(Rational.ONE, 0, 0, 1);

  private static final Unit HOUR = new Unit(Rational.of(3600), 0, 0, 1);

  private static final Map<String, String> IRREGULAR = Map.of("feet", "foot", "inches", "inch");
  private static final Map<String, Unit> BY_NAME = byName();

  /**
   * A unit with its number and what it is called, in plain text or LaTeX, is no longer than this.
   */
  static final int MAX_LENGTH = 64;

  private static final String POWER =
      "(?:(square|cubic) ?)?([A-Za-z]{1,12}+)(?![A-Za-z])\\}?"
          + "(?:(²|\\^\\{?2\\}?)|(³|\\^\\{?3\\}?))?";
  // Bounded, and matched at the beginning of short texts only, so java.util.regex is safe.
  private static final Pattern UNIT =
      Pattern.compile(
          "(?:[\\s~]|\\\\[,;:! ])*+(?:\\\\(?:text|textrm|mathrm|mbox)\\{ *+)?"
              + POWER
              + "(?:(?: ?/ ?| per )"
              + POWER
              + ")?");

  /** The unit that a text begins with, whatever its case; empty if it is none that is known. */
  static Optional<Unit> leading(String text) {
    if (text.isEmpty()) {
      // As it is behind most answers, which then need no matcher.
      return Optional.empty();
    }
    Matcher matcher = UNIT.matcher(text).region(0, Math.min(text.length(), MAX_LENGTH));
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    Optional<Unit> unit = power(matcher, 1);
    return matcher.group(6) == null
        ? unit
        : unit.flatMap(above -> power(matcher, 5).map(above::over));
  }

  /** The unit of {@link #POWER} whose groups begin with this one. */
  private static Optional<Unit> power(Matcher matcher, int group) {
    boolean squared =
        "square".equalsIgnoreCase(matcher.group(group)) || matcher.group(group + 2) != null;
    boolean cubed =
        "cubic".equalsIgnoreCase(matcher.group(group)) || matcher.group(group + 3) != null;
    return named(matcher.group(group + 1)).map(unit -> unit.power(squared ? 2 : cubed ? 3 : 1));
  }

  boolean hasDimensionOf(Unit other) {
    return length == other.length && mass == other.mass && time == other.time;
  }

  private static Optional<Unit> named(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    String singular = IRREGULAR.getOrDefault(name, name);
    Unit exact = BY_NAME.get(singular);
    boolean plural = exact == null && singular.length() > 2 && singular.endsWith("s");
    return Optional.ofNullable(
        plural ? BY_NAME.get(singular.substring(0, singular.length() - 1)) : exact);
  }

  private Unit power(int exponent) {
    return new Unit(factor.power(exponent), length * exponent, mass * exponent, time * exponent);
  }

  private Unit over(Unit other) {
    return new Unit(
        factor.over(other.factor), length - other.length, mass - other.mass, time - other.time);
  }

  private static Map<String, Unit> byName() {
    Map<String, Unit> units = new HashMap<>();
    add(units, "0.001", METRE, "mm", "millimetre", "millimeter");
    add(units, "0.01", METRE, "cm", "centimetre", "centimeter");
    add(units, "0.1", METRE, "dm", "decimetre", "decimeter");
    add(units, "1", METRE, "m", "metre", "meter");
    add(units, "1000", METRE, "km", "kilometre", "kilometer");
    add(units, "0.0254", METRE, "inch");
    add(units, "0.3048", METRE, "ft", "foot");
    add(units, "0.9144", METRE, "yd", "yard");
    add(units, "1609.344", METRE, "mi", "mile");
    add(units, "0.000001", CUBIC_METRE, "ml", "millilitre", "milliliter");
    add(units, "0.00001", CUBIC_METRE, "cl", "centilitre", "centiliter");
    add(units, "0.001", CUBIC_METRE, "l", "litre", "liter");
    add(units, "0.000001", KILOGRAM, "mg", "milligram");
    add(units, "0.001", KILOGRAM, "g", "gram");
    add(units, "1", KILOGRAM, "kg", "kilogram");
    add(units, "1000", KILOGRAM, "t", "tonne");
    add(units, "0.028349523125", KILOGRAM, "oz", "ounce");
    add(units, "0.45359237", KILOGRAM, "lb", "pound");
    add(units, "0.001", SECOND, "ms", "millisecond");
    add(units, "1", SECOND, "s", "sec", "second");
    add(units, "60", SECOND, "min", "minute");
    add(units, "3600", SECOND, "h", "hr", "hour");
    add(units, "86400", SECOND, "day");
    add(units, "604800", SECOND, "week");
    add(units, "1609.344", METRE.over(HOUR), "mph");
    add(units, "1000", METRE.over(HOUR), "kph", "kmh");
    return Map.copyOf(units);
  }

  private static void add(Map<String, Unit> units, String factor, Unit base, String... names) {
    Rational scaled = base.factor.times(Rational.of(new BigDecimal(factor)));
    for (String name : names) {
      units.put(name, new Unit(scaled, base.length, base.mass, base.time));
    }
  }
}
