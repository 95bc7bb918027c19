package io.hone.executor.reward.sql;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.OuterReference;

/**
 * What an operator's expressions may refer to beside the rows it is given.
 *
 * @param outer the values of the row of the query around this one
 * @param steps what the query has left
 */
record Scope(Map<ExprId, Literal> outer, Steps steps) {
  Projection projection(List<? extends Expression> expressions, List<Attribute> input) {
    return new Projection(expressions.stream().map(this::within).toList(), input, steps);
  }

  /** The expression with values in place of references to the query around this one. */
  Expression within(Expression expression) {
    return outer.isEmpty()
        ? expression
        : (Expression)
            expression.transformDown(
                new Rewrite<>(
                    node ->
                        node instanceof OuterReference reference
                            ? outer.get(reference.exprId())
                            : node));
  }
}
