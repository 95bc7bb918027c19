package io.hone.executor.reward.math;

import java.util.List;

/** An answer as {@link MathParser} understands it. */
sealed interface MathAnswer {
  /**
   * An expression.
   *
   * @param unit what stands behind it; blank if nothing does
   */
  record Value(Expression expression, String unit) implements MathAnswer {}

  /** Several answers, such as a set, a point or an interval. */
  record Group(Kind kind, List<MathAnswer> items) implements MathAnswer {
    public Group {
      items = List.copyOf(items);
    }
  }

  /**
   * An equation, an inequality or a chain of these, such as {@code 1 < x <= 2}.
   *
   * @param operators one less than sides, each {@code = < > ≤ ≥} or {@code ≠}
   */
  record Relation(List<MathAnswer> sides, List<String> operators) implements MathAnswer {
    public Relation {
      sides = List.copyOf(sides);
      operators = List.copyOf(operators);
    }

    boolean isEquation() {
      return operators.stream().allMatch("="::equals);
    }

    MathAnswer last() {
      return sides.get(sides.size() - 1);
    }
  }

  /** How the answers of a group stand together. */
  enum Kind {
    /** With commas alone: a set or a point, as the other answer has it. */
    LIST(false),
    SET(false),
    UNION(false),
    /** {@code (1, 2)}: a point, a vector or an open interval. */
    ROUND(true),
    /** {@code [1, 2]}: a closed interval, or a vector in other brackets. */
    SQUARE(true),
    OPEN_BELOW(true),
    OPEN_ABOVE(true),
    MATRIX(true);

    private final boolean ordered;

    Kind(boolean ordered) {
      this.ordered = ordered;
    }

    boolean isOrdered() {
      return ordered;
    }

    boolean isVector() {
      return this == ROUND || this == SQUARE;
    }
  }
}
