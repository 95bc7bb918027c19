package io.hone.conf;

/** What a {@link Range} allows. */
record Interval(double least, boolean leastIncluded, double greatest, boolean greatestIncluded) {

  static Interval of(Range range) {
    boolean above = range.above() > Double.NEGATIVE_INFINITY;
    boolean below = range.below() < Double.POSITIVE_INFINITY;
    return new Interval(
        above ? range.above() : range.min(), !above, below ? range.below() : range.max(), !below);
  }

  boolean contains(double value) {
    return (leastIncluded ? value >= least : value > least)
        && (greatestIncluded ? value <= greatest : value < greatest);
  }

  /** {@code >= 0}, {@code < 1} or {@code > 0 and <= 1}. */
  @Override
  public String toString() {
    String low = Double.isInfinite(least) ? "" : (leastIncluded ? ">= " : "> ") + number(least);
    String high =
        Double.isInfinite(greatest) ? "" : (greatestIncluded ? "<= " : "< ") + number(greatest);
    return low.isEmpty() || high.isEmpty() ? low + high : low + " and " + high;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
