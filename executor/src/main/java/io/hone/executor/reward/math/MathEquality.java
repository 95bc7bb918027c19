package io.hone.executor.reward.math;

import io.hone.executor.reward.math.Expression.Number;
import io.hone.executor.reward.math.Expression.Operation;
import io.hone.executor.reward.math.MathAnswer.Group;
import io.hone.executor.reward.math.MathAnswer.Kind;
import io.hone.executor.reward.math.MathAnswer.Relation;
import io.hone.executor.reward.math.MathAnswer.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether two answers in mathematics, written in LaTeX or plain text, are the same: {@code
 * \frac{1}{2}} and {@code 0.5}, {@code x+1} and {@code 1+x}, {@code x = 3} and {@code 3}, {@code
 * \{1, 2\}} and {@code 2, 1}.
 *
 * <p>What is understood of an answer is bounded in length and depth, so a comparison takes
 * milliseconds at most, whatever the answers are.
 */
public final class MathEquality {
  private static final Map<String, String> MIRRORED =
      Map.of("=", "=", "<", ">", ">", "<", "≤", "≥", "≥", "≤", "≠", "≠");

  private final Percent percent;
  private final ExpressionEquality expressions;

  /**
   * @param percent what a percent sign means
   * @param tolerance how far a number may be from the reference, as a share of it (of 1, if it is
   *     less than 1); at least 0
   */
  public MathEquality(Percent percent, Rational tolerance) {
    this.percent = percent;
    this.expressions = new ExpressionEquality(tolerance);
  }

  /**
   * Compares two answers. Those that are written in the same way are the same, understood or not.
   */
  public Verdict compare(String answer, String reference) {
    String text = MathText.normalized(answer);
    String referenceText = MathText.normalized(reference);
    if (text.equals(referenceText)) {
      return Verdict.SAME;
    }
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    List<MathAnswer> rights = MathParser.readings(reference, percent);
    for (MathAnswer given : MathParser.readings(answer, percent)) {
      rights.forEach(right -> verdicts.add(compare(given, right)));
    }
    boolean isWord = verdicts.isEmpty() && text.equalsIgnoreCase(referenceText);
    if (verdicts.contains(Verdict.SAME) || isWord) {
      return Verdict.SAME;
    }
    return verdicts.contains(Verdict.DIFFERENT) ? Verdict.DIFFERENT : Verdict.UNDECIDED;
  }

  private Verdict compare(MathAnswer answer, MathAnswer reference) {
    if (answer instanceof Relation first && reference instanceof Relation second) {
      return compareRelations(first, second);
    }
    if (answer instanceof Relation relation) {
      return value(relation, Expression::isName)
          .map(value -> compare(value, reference))
          .orElse(withoutValue(relation, reference));
    }
    if (reference instanceof Relation relation) {
      return value(relation, Expression::isSymbol)
          .map(value -> compare(answer, value))
          .orElse(withoutValue(relation, answer));
    }
    if (answer instanceof Value first && reference instanceof Value second) {
      return compareValues(first, second);
    }
    return compareGroups(group(answer), group(reference));
  }

  /** An inequality may be an interval. */
  private static Verdict withoutValue(Relation relation, MathAnswer other) {
    return !relation.isEquation() && other instanceof Group ? Verdict.UNDECIDED : Verdict.DIFFERENT;
  }

  private Verdict compareValues(Value answer, Value reference) {
    Expression given = answer.expression();
    Expression right = reference.expression();
    if (answer.unit().isEmpty()
        || reference.unit().isEmpty()
        || singular(answer.unit()).equals(singular(reference.unit()))) {
      return expressions.compare(given, right);
    }
    Optional<Unit> unit = Unit.leading(answer.unit());
    Optional<Unit> rightUnit = Unit.leading(reference.unit());
    boolean comparable =
        unit.isPresent() && rightUnit.filter(unit.get()::hasDimensionOf).isPresent();
    return comparable
        ? expressions.compare(inBaseUnits(given, unit.get()), inBaseUnits(right, rightUnit.get()))
        : Verdict.DIFFERENT;
  }

  private static String singular(String unit) {
    return unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
  }

  private static Expression inBaseUnits(Expression expression, Unit unit) {
    return new Operation(Operator.TIMES, expression, new Number(unit.factor()));
  }

  /**
   * The value that an equation gives to a name ({@code x = 3}, {@code 3 = x}) or finds by
   * calculation ({@code 1+2 = 3}).
   */
  private static Optional<MathAnswer> value(Relation relation, Predicate<Expression> isName) {
    MathAnswer first = relation.sides().get(0);
    MathAnswer last = relation.last();
    if (!relation.isEquation()) {
      return Optional.empty();
    }
    if (isName(first, isName) || (isConstant(first) && isConstant(last))) {
      return Optional.of(last);
    }
    return isConstant(first) && isName(last, Expression::isSymbol)
        ? Optional.of(first)
        : Optional.empty();
  }

  private static boolean isName(MathAnswer side, Predicate<Expression> isName) {
    return side instanceof Group group
        ? !group.items().isEmpty() && group.items().stream().allMatch(item -> isName(item, isName))
        : side instanceof Value value && isName.test(value.expression());
  }

  private static boolean isConstant(MathAnswer side) {
    Set<String> variables = new HashSet<>();
    if (side instanceof Value value) {
      value.expression().collectVariables(variables);
    }
    return side instanceof Value && variables.isEmpty();
  }

  private Verdict compareRelations(Relation answer, Relation reference) {
    if (answer.isEquation() && reference.isEquation()) {
      return compareEquations(answer, reference);
    }
    Relation given = leftToRight(answer);
    Relation right = leftToRight(reference);
    if (!given.operators().equals(right.operators())) {
      return Verdict.DIFFERENT;
    }
    Verdict sides = compareInOrder(given.sides(), right.sides());
    return sides == Verdict.SAME ? sides : compareDifferences(given, right);
  }

  /** What stands between the ends of {@code x = 1+1 = 2} is how it was found. */
  private Verdict compareEquations(Relation answer, Relation reference) {
    Verdict ends =
        compare(answer.sides().get(0), reference.sides().get(0))
            .and(compare(answer.last(), reference.last()));
    return ends == Verdict.SAME ? ends : compareDifferences(answer, reference);
  }

  /** Turns {@code x > 1} into {@code 1 < x}. */
  private static Relation leftToRight(Relation relation) {
    if (relation.operators().stream()
        .noneMatch(operator -> operator.equals(">") || operator.equals("≥"))) {
      return relation;
    }
    List<MathAnswer> sides = new ArrayList<>(relation.sides());
    List<String> operators = new ArrayList<>(relation.operators());
    Collections.reverse(sides);
    Collections.reverse(operators);
    operators.replaceAll(MIRRORED::get);
    return new Relation(sides, operators);
  }

  /** Two equations are one if the differences of their sides are the same up to a factor. */
  private Verdict compareDifferences(Relation answer, Relation reference) {
    Optional<Expression> given = difference(answer);
    Optional<Expression> right = difference(reference);
    String operator = answer.operators().get(0);
    boolean isOrder = operator.equals("<") || operator.equals("≤");
    return given.isPresent() && right.isPresent()
        ? expressions.compareUpToFactor(given.get(), right.get(), isOrder)
        : Verdict.DIFFERENT;
  }

  private static Optional<Expression> difference(Relation relation) {
    boolean isOne = relation.operators().size() == 1;
    return isOne
            && relation.sides().get(0) instanceof Value left
            && relation.last() instanceof Value right
        ? Optional.of(new Operation(Operator.MINUS, left.expression(), right.expression()))
        : Optional.empty();
  }

  private static Group group(MathAnswer answer) {
    return answer instanceof Group group ? group : new Group(Kind.LIST, List.of(answer));
  }

  private Verdict compareGroups(Group answer, Group reference) {
    List<MathAnswer> given = answer.items();
    List<MathAnswer> right = reference.items();
    if (given.size() != right.size() || !fit(answer, reference)) {
      return Verdict.DIFFERENT;
    }
    return answer.kind().isOrdered() || reference.kind().isOrdered()
        ? compareInOrder(given, right)
        : compareInAnyOrder(given, right);
  }

  /** The brackets of two numbers may be those of an interval, and matter. */
  private static boolean fit(Group answer, Group reference) {
    Kind given = answer.kind();
    Kind right = reference.kind();
    if (given == right
        || (given == Kind.LIST && right != Kind.UNION)
        || (right == Kind.LIST && given != Kind.UNION)) {
      return true;
    }
    boolean bothVectors = given.isVector() && right.isVector();
    return bothVectors && answer.items().size() > 2;
  }

  private Verdict compareInOrder(List<MathAnswer> answers, List<MathAnswer> references) {
    Verdict verdict = answers.size() == references.size() ? Verdict.SAME : Verdict.DIFFERENT;
    for (int item = 0; verdict != Verdict.DIFFERENT && item < answers.size(); item++) {
      verdict = verdict.and(compare(answers.get(item), references.get(item)));
    }
    return verdict;
  }

  private Verdict compareInAnyOrder(List<MathAnswer> answers, List<MathAnswer> references) {
    List<MathAnswer> left = new ArrayList<>(references);
    Verdict verdict = Verdict.SAME;
    for (MathAnswer answer : answers) {
      Verdict best = Verdict.DIFFERENT;
      for (int index = 0; best != Verdict.SAME && index < left.size(); index++) {
        Verdict next = compare(answer, left.get(index));
        if (next == Verdict.SAME) {
          left.remove(index);
        }
        best = next == Verdict.DIFFERENT ? best : next;
      }
      verdict = verdict.and(best);
    }
    return verdict;
  }
}
