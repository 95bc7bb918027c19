package io.hone.executor.reward.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTime;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestampLike;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.unsafe.types.UTF8String;

/** Makes rows of rows, counting what that takes. */
final class Projection {
  private final Expression[] expressions;
  private final long cost;
  private final Steps steps;

  /**
   * @param expressions one for each column that is made
   * @param input the columns they are made of
   */
  Projection(List<? extends Expression> expressions, List<Attribute> input, Steps steps) {
    Map<ExprId, Integer> positions = new HashMap<>();
    for (int column = 0; column < input.size(); column++) {
      positions.putIfAbsent(input.get(column).exprId(), column);
    }
    this.expressions =
        expressions.stream()
            .map(expression -> bound(expression, positions))
            .toArray(Expression[]::new);
    this.cost = 1 + expressions.stream().mapToLong(Projection::nodes).sum();
    this.steps = steps;
  }

  private static Expression bound(Expression expression, Map<ExprId, Integer> positions) {
    return (Expression)
        expression.transformDown(
            new Rewrite<>(
                node ->
                    node instanceof Attribute attribute
                        ? new BoundReference(
                            positions.get(attribute.exprId()),
                            attribute.dataType(),
                            attribute.nullable())
                        : evaluable(node)));
  }

  /** Some names that look like columns are functions, of the clock or of the session. */
  private static Expression evaluable(Expression node) {
    if (node instanceof Unevaluable
        || node instanceof CurrentDate
        || node instanceof CurrentTime
        || node instanceof CurrentTimestampLike
        || node instanceof LocalTimestamp) {
      throw QueryEnd.unsupported(node.prettyName());
    }
    return node;
  }

  private static long nodes(Expression expression) {
    return 1 + ScalaLists.java(expression.children()).stream().mapToLong(Projection::nodes).sum();
  }

  InternalRow of(InternalRow row) {
    return new GenericInternalRow(values(row));
  }

  Object[] values(InternalRow row) {
    steps.take(cost);
    Object[] values = new Object[expressions.length];
    for (int index = 0; index < values.length; index++) {
      values[index] = expressions[index].eval(row);
      if (values[index] instanceof UTF8String text
          && !(expressions[index] instanceof BoundReference)) {
        BoundedText.requireShort(text.numBytes());
        steps.takeBytes(text.numBytes());
      }
    }
    return values;
  }

  /** Whether the one expression is true; unknown is not. */
  boolean holds(InternalRow row) {
    return Boolean.TRUE.equals(values(row)[0]);
  }
}
