package io.hone.executor.reward.math;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A real expression, as a tree. Trees come from {@link MathParser}, which bounds their size and
 * depth, so plain recursion over them is safe. Equal records are the same expression; the reverse
 * is the business of {@link ExpressionEquality}.
 */
sealed interface Expression {
  /** Fractions that take more bits than this are computed in floating point. */
  int MAX_BITS = 4_000;

  /** The value, if it is rational and can be found exactly. */
  Optional<Rational> exact();

  /** The value where the variables have these values; NaN or infinite where there is none. */
  double at(Map<String, Double> variables);

  /** Adds the names of the variables. */
  void collectVariables(Set<String> names);

  /**
   * Whether this is made of variables alone, so that an equation may say what it is: {@code f(x)},
   * {@code a+b}, {@code |AB|}.
   */
  default boolean isName() {
    return false;
  }

  /**
   * Whether this is a name and no sum, so that an equation that was asked for, such as {@code x + y
   * = 5}, is not taken for its right side.
   */
  default boolean isSymbol() {
    return false;
  }

  /** Whether this is infinity, with a sign or without. */
  default boolean isInfinite() {
    return false;
  }

  static Expression of(long number) {
    return new Number(Rational.of(number));
  }

  /** A number that was written. */
  record Number(Rational value) implements Expression {
    @Override
    public Optional<Rational> exact() {
      return Optional.of(value);
    }

    @Override
    public double at(Map<String, Double> variables) {
      return value.toDouble();
    }

    @Override
    public void collectVariables(Set<String> names) {}
  }

  /** A number with a name. */
  enum Constant implements Expression {
    PI(Math.PI),
    E(Math.E),
    /** Equal to itself alone. */
    INFINITY(Double.POSITIVE_INFINITY);

    private final double value;

    Constant(double value) {
      this.value = value;
    }

    @Override
    public Optional<Rational> exact() {
      return Optional.empty();
    }

    @Override
    public double at(Map<String, Double> variables) {
      return value;
    }

    @Override
    public void collectVariables(Set<String> names) {}

    @Override
    public boolean isInfinite() {
      return this == INFINITY;
    }
  }

  /** A letter with its subscript and primes, if it has any. */
  record Variable(String name) implements Expression {
    @Override
    public Optional<Rational> exact() {
      return Optional.empty();
    }

    @Override
    public double at(Map<String, Double> variables) {
      return variables.get(name);
    }

    @Override
    public void collectVariables(Set<String> names) {
      names.add(name);
    }

    @Override
    public boolean isName() {
      return true;
    }

    @Override
    public boolean isSymbol() {
      return true;
    }
  }

  /** Two expressions, joined. */
  record Operation(Operator operator, Expression left, Expression right) implements Expression {
    @Override
    public Optional<Rational> exact() {
      return left.exact()
          .flatMap(first -> right.exact().flatMap(second -> operator.exact(first, second)))
          .filter(value -> value.bits() <= MAX_BITS);
    }

    @Override
    public double at(Map<String, Double> variables) {
      return operator.apply(left.at(variables), right.at(variables));
    }

    @Override
    public void collectVariables(Set<String> names) {
      left.collectVariables(names);
      right.collectVariables(names);
    }

    @Override
    public boolean isName() {
      return left.isName() && right.isName();
    }

    @Override
    public boolean isSymbol() {
      boolean isSum = operator == Operator.PLUS || operator == Operator.MINUS;
      return !isSum && left.isSymbol() && right.isSymbol();
    }

    @Override
    public boolean isInfinite() {
      return operator == Operator.TIMES && right.isInfinite();
    }
  }

  /** A function of one expression. */
  record Call(Function function, Expression argument) implements Expression {
    @Override
    public Optional<Rational> exact() {
      return argument.exact().flatMap(function::exact).filter(value -> value.bits() <= MAX_BITS);
    }

    @Override
    public double at(Map<String, Double> variables) {
      return function.apply(argument.at(variables));
    }

    @Override
    public void collectVariables(Set<String> names) {
      argument.collectVariables(names);
    }

    @Override
    public boolean isName() {
      return argument.isName();
    }

    @Override
    public boolean isSymbol() {
      return argument.isSymbol();
    }
  }
}
