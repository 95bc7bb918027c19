package io.hone.jobs.terminal;

import java.util.Locale;

/** Numbers as tables show them; a number that does not exist is a dash. */
public final class Numbers {
  private static final String ABSENT = "-";

  /** Whole numbers below it are exact as a double, and counts. */
  private static final double LARGEST_WHOLE = 1L << 53;

  private Numbers() {}

  /** With this many decimals: {@code 0.913}. */
  public static String decimals(double value, int decimals) {
    return Double.isNaN(value) ? ABSENT : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** As decimals, always with its sign: {@code +0.913}. */
  public static String signed(double value, int decimals) {
    return Double.isNaN(value) ? ABSENT : String.format(Locale.ROOT, "%+." + decimals + "f", value);
  }

  /** A share as a percentage: {@code 12.5%}. */
  public static String percent(double share) {
    return Double.isNaN(share) ? ABSENT : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  /**
   * Whole numbers in full, others in three significant digits, scientific where the size asks for
   * it: {@code 64}, {@code 2.00e-04}, {@code 0.0312}, {@code 17.3}.
   */
  public static String significant(double value) {
    if (Double.isNaN(value)) {
      return ABSENT;
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < LARGEST_WHOLE) {
      return Long.toString((long) value);
    }
    if (size < 1e-3 || size >= 1e5) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = (int) Math.max(0, 2 - Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
