package io.hone.executor.reward.sql;

import java.util.ArrayList;
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
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/** Makes rows of rows, counting what that takes. */
final class Projection {
  private final List<Column> columns;
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
    this.columns =
        expressions.stream().map(expression -> Column.of(bound(expression, positions))).toList();
    this.cost = 1 + columns.stream().mapToLong(Column::nodes).sum();
    this.steps = steps;
  }

  /**
   * A column that is made.
   *
   * @param nodes of the expression, each of which may go through all of its text
   * @param texts the columns with text that it is made of
   * @param literalBytes of text that stands in it
   */
  private record Column(
      Expression expression, long nodes, List<BoundReference> texts, long literalBytes) {

    static Column of(Expression expression) {
      List<Expression> nodes = new ArrayList<>();
      collect(expression, nodes);
      return new Column(
          expression,
          nodes.size(),
          nodes.stream()
              .filter(node -> node.dataType() instanceof StringType)
              .filter(BoundReference.class::isInstance)
              .map(BoundReference.class::cast)
              .toList(),
          nodes.stream()
              .filter(
                  node -> node instanceof Literal literal && literal.value() instanceof UTF8String)
              .mapToLong(node -> ((UTF8String) ((Literal) node).value()).numBytes())
              .sum());
    }

    private static void collect(Expression expression, List<Expression> nodes) {
      nodes.add(expression);
      ScalaLists.java(expression.children()).forEach(child -> collect(child, nodes));
    }

    Object value(InternalRow row, Steps steps) {
      long bytes = literalBytes;
      for (BoundReference text : texts) {
        bytes += row.isNullAt(text.ordinal()) ? 0 : row.getUTF8String(text.ordinal()).numBytes();
      }
      steps.takeBytes(nodes * bytes);
      Object value = expression.eval(row);
      if (value instanceof UTF8String text && !(expression instanceof BoundReference)) {
        BoundedText.requireShort(text.numBytes());
        steps.takeBytes(text.numBytes());
      }
      return value;
    }
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

  InternalRow of(InternalRow row) {
    return new GenericInternalRow(values(row));
  }

  Object[] values(InternalRow row) {
    steps.take(cost);
    Object[] values = new Object[columns.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] = columns.get(index).value(row, steps);
    }
    return values;
  }

  /** Whether the one expression is true; unknown is not. */
  boolean holds(InternalRow row) {
    return Boolean.TRUE.equals(values(row)[0]);
  }
}
