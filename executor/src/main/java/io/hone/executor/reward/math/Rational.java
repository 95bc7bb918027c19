package io.hone.executor.reward.math;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/**
 * An exact fraction, in lowest terms and with a positive denominator, so that equal numbers are
 * equal records.
 *
 * @param numerator carries the sign
 * @param denominator greater than 0
 */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {
  /** 0. */
  public static final Rational ZERO = of(0);

  /** 1. */
  public static final Rational ONE = of(1);

  /**
   * Reduces to lowest terms.
   *
   * @throws ArithmeticException if the denominator is 0
   */
  public Rational {
    requireNonNull(numerator, "numerator is null");
    if (denominator.signum() == 0) {
      throw new ArithmeticException(numerator + " is divided by 0");
    }
    if (!denominator.equals(BigInteger.ONE)) {
      BigInteger divisor = numerator.gcd(denominator);
      BigInteger signed = denominator.signum() < 0 ? divisor.negate() : divisor;
      numerator = numerator.divide(signed);
      denominator = denominator.divide(signed);
    }
  }

  /** A whole number. */
  public static Rational of(long whole) {
    return new Rational(BigInteger.valueOf(whole), BigInteger.ONE);
  }

  /** A decimal number, as it is written. */
  public static Rational of(BigDecimal decimal) {
    BigInteger digits = decimal.unscaledValue();
    return decimal.scale() <= 0
        ? new Rational(digits.multiply(BigInteger.TEN.pow(-decimal.scale())), BigInteger.ONE)
        : new Rational(digits, BigInteger.TEN.pow(decimal.scale()));
  }

  public Rational plus(Rational other) {
    return denominator.equals(other.denominator)
        ? new Rational(numerator.add(other.numerator), denominator)
        : new Rational(
            numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
            denominator.multiply(other.denominator));
  }

  public Rational minus(Rational other) {
    return plus(other.negated());
  }

  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /**
   * @throws ArithmeticException if the other is 0
   */
  public Rational over(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  public Rational negated() {
    return new Rational(numerator.negate(), denominator);
  }

  public Rational abs() {
    return numerator.signum() < 0 ? negated() : this;
  }

  /**
   * @throws ArithmeticException if this is 0 and the exponent negative
   */
  Rational power(int exponent) {
    return exponent < 0
        ? ONE.over(power(-exponent))
        : new Rational(numerator.pow(exponent), denominator.pow(exponent));
  }

  /** The real root of a degree from 1 on (the positive one of two), if it is rational. */
  Optional<Rational> root(int degree) {
    if (degree == 1) {
      return Optional.of(this);
    }
    if (numerator.signum() < 0) {
      return degree % 2 == 0 ? Optional.empty() : negated().root(degree).map(Rational::negated);
    }
    BigInteger above = wholeRoot(numerator, degree);
    BigInteger below = wholeRoot(denominator, degree);
    boolean exact = above.pow(degree).equals(numerator) && below.pow(degree).equals(denominator);
    return exact ? Optional.of(new Rational(above, below)) : Optional.empty();
  }

  /** The greatest whole number whose power is not greater, by bisection. */
  private static BigInteger wholeRoot(BigInteger power, int degree) {
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ONE.shiftLeft(power.bitLength() / degree + 1);
    while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = low.add(high).shiftRight(1);
      if (middle.pow(degree).compareTo(power) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean isWhole() {
    return denominator.equals(BigInteger.ONE);
  }

  boolean isZero() {
    return numerator.signum() == 0;
  }

  /** How much room the fraction takes. */
  int bits() {
    return numerator.bitLength() + denominator.bitLength();
  }

  /** {@code |this - reference| <= tolerance max(|reference|, 1)}, exactly. */
  public boolean isCloseTo(Rational reference, Rational tolerance) {
    Rational magnitude = reference.abs();
    Rational allowed = tolerance.times(magnitude.compareTo(ONE) < 0 ? ONE : magnitude);
    return minus(reference).abs().compareTo(allowed) <= 0;
  }

  /** The nearest double, to the last digit or two; infinite where there is none. */
  public double toDouble() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
        .doubleValue();
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public String toString() {
    return isWhole() ? numerator.toString() : numerator + "/" + denominator;
  }
}
