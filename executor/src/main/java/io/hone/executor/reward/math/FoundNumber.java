package io.hone.executor.reward.math;

import java.util.Optional;

/**
 * A number in a text, with what stands behind it.
 *
 * @param written the number itself
 * @param percent whether a percent sign follows
 * @param unit the unit that follows; empty if none does that is known
 */
public record FoundNumber(Rational written, boolean percent, Optional<Unit> unit) {
  private static final Rational HUNDRED = Rational.of(100);

  /** The number that is meant, without regard to a unit. */
  public Rational value(Percent sign) {
    return percent && sign == Percent.HUNDREDTHS ? written.over(HUNDRED) : written;
  }

  /**
   * The number that is meant, in the unit of another: converted where both have one, and as it is
   * where one of them has none. Empty if the units measure different things.
   */
  public Optional<Rational> valueIn(FoundNumber other, Percent sign) {
    if (unit.isEmpty() || other.unit.isEmpty()) {
      return Optional.of(value(sign));
    }
    return unit.get().hasDimensionOf(other.unit.get())
        ? Optional.of(value(sign).times(unit.get().factor()).over(other.unit.get().factor()))
        : Optional.empty();
  }
}
