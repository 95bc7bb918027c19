package io.hone.executor.reward.math;

import java.util.Optional;

/** What joins two expressions. */
enum Operator {
  PLUS {
    @Override
    Optional<Rational> exact(Rational left, Rational right) {
      return Optional.of(left.plus(right));
    }

    @Override
    double apply(double left, double right) {
      return left + right;
    }
  },
  MINUS {
    @Override
    Optional<Rational> exact(Rational left, Rational right) {
      return Optional.of(left.minus(right));
    }

    @Override
    double apply(double left, double right) {
      return left - right;
    }
  },
  TIMES {
    @Override
    Optional<Rational> exact(Rational left, Rational right) {
      return Optional.of(left.times(right));
    }

    @Override
    double apply(double left, double right) {
      return left * right;
    }
  },
  OVER {
    @Override
    Optional<Rational> exact(Rational left, Rational right) {
      return right.isZero() ? Optional.empty() : Optional.of(left.over(right));
    }

    @Override
    double apply(double left, double right) {
      return right == 0 ? Double.NaN : left / right;
    }
  },
  /** The right one is the exponent. */
  POWER {
    @Override
    Optional<Rational> exact(Rational left, Rational right) {
      long degree = right.denominator().bitLength() < 8 ? right.denominator().longValue() : 0;
      boolean isSmall =
          degree > 0
              && right.numerator().bitLength() < 20
              && right.numerator().abs().longValue() * left.bits() <= Expression.MAX_BITS * degree;
      boolean isUndefined = left.isZero() && right.numerator().signum() <= 0;
      return isSmall && !isUndefined
          ? left.root((int) degree).map(root -> root.power(right.numerator().intValue()))
          : Optional.empty();
    }

    @Override
    double apply(double left, double right) {
      return Math.pow(left, right);
    }
  },
  /** The left one is the degree. */
  ROOT {
    @Override
    Optional<Rational> exact(Rational left, Rational right) {
      return left.isZero() ? Optional.empty() : POWER.exact(right, Rational.ONE.over(left));
    }

    @Override
    double apply(double left, double right) {
      boolean isOdd = Math.abs(left % 2) == 1;
      return isOdd && right < 0 ? -Math.pow(-right, 1 / left) : Math.pow(right, 1 / left);
    }
  };

  /** The value of two rational numbers, if it is rational, defined and not too long to compute. */
  abstract Optional<Rational> exact(Rational left, Rational right);

  /** The value; NaN where it is not defined. */
  abstract double apply(double left, double right);
}
