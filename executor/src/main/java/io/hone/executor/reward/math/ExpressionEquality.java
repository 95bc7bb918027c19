package io.hone.executor.reward.math;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether expressions have the same value: exactly where both are rational, else in floating point,
 * and at several fixed points where there are variables. Points where one of them has no value do
 * not count: {@code (x^2-1)/(x-1)} is {@code x+1}.
 */
final class ExpressionEquality {
  /** How far two values in floating point may be apart, as a share of the greater. */
  private static final double RELATIVE_ERROR = 1e-9;

  /** How far from 0 in floating point is 0 still, as in {@code sin(pi)}. */
  private static final double ABSOLUTE_ERROR = 1e-12;

  private static final int POINTS = 8;

  /** That one value is the same may be chance. */
  private static final int MIN_POINTS = 2;

  private final Rational tolerance;

  /**
   * @param tolerance how far a value may be from the reference, as a share of it (of 1, if it is
   *     less than 1); without regard to it, expressions with variables are compared exactly
   */
  ExpressionEquality(Rational tolerance) {
    this.tolerance = tolerance;
  }

  Verdict compare(Expression answer, Expression reference) {
    if (answer.equals(reference)) {
      return Verdict.SAME;
    }
    if (answer.isInfinite() || reference.isInfinite()) {
      return Verdict.DIFFERENT;
    }
    Optional<Rational> exactAnswer = answer.exact();
    Optional<Rational> exactReference = reference.exact();
    if (exactAnswer.isPresent() && exactReference.isPresent()) {
      boolean isClose = exactAnswer.get().isCloseTo(exactReference.get(), tolerance);
      return isClose ? Verdict.SAME : Verdict.DIFFERENT;
    }
    SortedSet<String> names = names(answer, reference);
    double allowed = names.isEmpty() ? tolerance.toDouble() : 0;
    List<double[]> values = values(answer, reference, names);
    if (!values.stream().allMatch(pair -> isClose(pair[0], pair[1], allowed))) {
      // What is a letter like any other here may be the imaginary unit.
      return names.contains("i") ? Verdict.UNDECIDED : Verdict.DIFFERENT;
    }
    return values.size() >= (names.isEmpty() ? 1 : MIN_POINTS) ? Verdict.SAME : Verdict.UNDECIDED;
  }

  /**
   * Whether one expression is the other times a number that is the same everywhere and not 0, as
   * the differences of both sides are in two forms of one equation.
   *
   * @param positive whether the number must be positive, as with inequalities
   */
  Verdict compareUpToFactor(Expression first, Expression second, boolean positive) {
    double factor = Double.NaN;
    int compared = 0;
    for (double[] pair : values(first, second, names(first, second))) {
      boolean firstIsZero = Math.abs(pair[0]) < ABSOLUTE_ERROR;
      boolean secondIsZero = Math.abs(pair[1]) < ABSOLUTE_ERROR;
      if (firstIsZero != secondIsZero) {
        return Verdict.DIFFERENT;
      }
      if (!firstIsZero) {
        double ratio = pair[0] / pair[1];
        if ((positive && ratio < 0) || !(Double.isNaN(factor) || isClose(ratio, factor, 0))) {
          return Verdict.DIFFERENT;
        }
        factor = ratio;
        compared++;
      }
    }
    return compared >= MIN_POINTS ? Verdict.SAME : Verdict.UNDECIDED;
  }

  private static boolean isClose(double answer, double reference, double tolerance) {
    double difference = Math.abs(answer - reference);
    double magnitude = Math.abs(reference);
    boolean isNextToZero = answer == 0 || reference == 0;
    return (isNextToZero && difference <= ABSOLUTE_ERROR)
        || difference <= RELATIVE_ERROR * Math.max(Math.abs(answer), magnitude)
        || difference <= tolerance * Math.max(magnitude, 1);
  }

  private static SortedSet<String> names(Expression first, Expression second) {
    SortedSet<String> names = new TreeSet<>();
    first.collectVariables(names);
    second.collectVariables(names);
    return names;
  }

  /** Both values at each point where both are finite. */
  private static List<double[]> values(
      Expression first, Expression second, SortedSet<String> names) {
    List<double[]> values = new ArrayList<>();
    for (int point = 0; point < (names.isEmpty() ? 1 : POINTS); point++) {
      Map<String, Double> variables = point(point, names);
      double[] pair = {first.at(variables), second.at(variables)};
      if (Double.isFinite(pair[0]) && Double.isFinite(pair[1])) {
        values.add(pair);
      }
    }
    return values;
  }

  /**
   * A value for each variable: positive ones first, then of both signs, then whole ones for what is
   * defined there alone, such as factorials.
   */
  private static Map<String, Double> point(int point, SortedSet<String> names) {
    Map<String, Double> variables = new HashMap<>();
    int index = 0;
    for (String name : names) {
      index++;
      // Multiples of irrational numbers spread evenly and are in no simple relation to each other.
      double spread = (index * 0.6180339887498949 + point * 0.7548776662466927) % 1;
      boolean negative = point >= 3 && (index + point) % 2 == 0;
      double real = (0.5 + 2 * spread) * (negative ? -1 : 1);
      variables.put(name, point < POINTS - 2 ? real : index + point);
    }
    return variables;
  }
}
