package io.hone.executor.reward.math;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A function by the name that it has in LaTeX or plain text; {@code log} has the base 10. */
enum Function {
  SIN(Math::sin),
  COS(Math::cos),
  TAN(Math::tan),
  COT(x -> 1 / Math.tan(x)),
  SEC(x -> 1 / Math.cos(x)),
  CSC(x -> 1 / Math.sin(x)),
  ARCSIN(Math::asin),
  ARCCOS(Math::acos),
  ARCTAN(Math::atan),
  SINH(Math::sinh),
  COSH(Math::cosh),
  TANH(Math::tanh),
  EXP(Math::exp),
  LN(Math::log),
  LOG(Math::log10),
  ABS(Math::abs),
  FACTORIAL(Function::factorial);

  private static final int MAX_FACTORIAL = 170;

  private static final Map<String, Function> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Function::latex, UnaryOperator.identity()));

  private static final Map<Function, Function> INVERSES =
      Map.of(SIN, ARCSIN, COS, ARCCOS, TAN, ARCTAN);

  private final DoubleUnaryOperator operator;

  Function(DoubleUnaryOperator operator) {
    this.operator = operator;
  }

  /** The command without its backslash. */
  String latex() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Function> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** What {@code \sin^{-1}} means. */
  Optional<Function> inverse() {
    return Optional.ofNullable(INVERSES.get(this));
  }

  /** The value at a rational number, for the functions that have a rational value there. */
  Optional<Rational> exact(Rational argument) {
    return switch (this) {
      case ABS -> Optional.of(argument.abs());
      case FACTORIAL -> exactFactorial(argument);
      default -> Optional.empty();
    };
  }

  double apply(double argument) {
    return operator.applyAsDouble(argument);
  }

  private static Optional<Rational> exactFactorial(Rational argument) {
    if (!argument.isWhole()
        || argument.numerator().signum() < 0
        || argument.compareTo(Rational.of(MAX_FACTORIAL)) > 0) {
      return Optional.empty();
    }
    Rational product = Rational.ONE;
    for (int factor = 2; factor <= argument.numerator().intValue(); factor++) {
      product = product.times(Rational.of(factor));
    }
    return Optional.of(product);
  }

  private static double factorial(double argument) {
    if (argument < 0 || argument > MAX_FACTORIAL || argument != Math.rint(argument)) {
      return Double.NaN;
    }
    double product = 1;
    for (int factor = 2; factor <= argument; factor++) {
      product *= factor;
    }
    return product;
  }
}
