package io.hone.executor.reward.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.optimizer.PushDownPredicates;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions;
import org.apache.spark.sql.catalyst.optimizer.RewriteWithExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.Metadata;

/**
 * Queries within expressions. Each is run once for every combination of values that it takes from
 * the row around it; what it gives becomes one more column of that row.
 */
final class Subqueries {
  private final Map<LogicalPlan, Inner> known = new IdentityHashMap<>();

  /**
   * Expressions without subqueries.
   *
   * @param expressions refer to further columns of the rows in their place
   * @param input the rows with those columns
   */
  record Prepared(List<Expression> expressions, Relation input) {}

  /** A plan with nothing in it that only Spark's optimiser knows, and with filters put early. */
  static LogicalPlan executable(LogicalPlan analysed) {
    return PushDownPredicates.apply(
        RewriteWithExpression.apply(ReplaceExpressions.apply(analysed)));
  }

  Prepared prepare(List<? extends Expression> expressions, Relation input, Interpreter around) {
    List<Expression> found = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>(input.attributes());
    Rewrite<Expression> rewrite =
        new Rewrite<>(
            node -> {
              if (!isQuery(node)) {
                return node;
              }
              found.add(node);
              attributes.add(attribute(node));
              return attributes.get(attributes.size() - 1);
            });
    List<Expression> rewritten =
        expressions.stream()
            .map(expression -> (Expression) expression.transformDown(rewrite))
            .toList();
    if (found.isEmpty()) {
      return new Prepared(rewritten, input);
    }
    List<Column> columns =
        found.stream().map(subquery -> new Column(subquery, input, around)).toList();
    int width = input.attributes().size();
    List<InternalRow> rows = new ArrayList<>();
    for (InternalRow row : input.rows()) {
      Object[] values = RowKeys.values(row, attributes.size());
      for (int index = 0; index < columns.size(); index++) {
        values[width + index] = columns.get(index).value(row);
      }
      rows.add(new GenericInternalRow(values));
    }
    return new Prepared(rewritten, new Relation(attributes, rows));
  }

  private static boolean isQuery(Expression node) {
    if (node instanceof InSubquery || node instanceof ScalarSubquery || node instanceof Exists) {
      return true;
    }
    if (node instanceof SubqueryExpression) {
      throw QueryEnd.unsupported(node.prettyName());
    }
    return false;
  }

  private static Attribute attribute(Expression subquery) {
    boolean nullable = true;
    return new AttributeReference(
        "subquery",
        subquery.dataType(),
        nullable,
        Metadata.empty(),
        NamedExpression.newExprId(),
        ScalaLists.scala(List.of()));
  }

  /** A query, and what it gave so far. */
  private static final class Inner {
    private final LogicalPlan plan;
    private final List<Attribute> outer;
    private final Map<List<Object>, Answer> answers = new HashMap<>();

    Inner(LogicalPlan analysed) {
      this.plan = executable(analysed);
      Set<Attribute> found = new LinkedHashSet<>();
      collect(plan, found);
      this.outer = List.copyOf(found);
    }

    private static void collect(LogicalPlan plan, Set<Attribute> found) {
      ScalaLists.java(plan.expressions()).forEach(expression -> collect(expression, found));
      ScalaLists.java(plan.children()).forEach(child -> collect(child, found));
    }

    private static void collect(Expression expression, Set<Attribute> found) {
      if (expression instanceof OuterReference reference) {
        found.add(((NamedExpression) reference.e()).toAttribute());
      }
      ScalaLists.java(expression.children()).forEach(child -> collect(child, found));
    }
  }

  /**
   * The rows of a query.
   *
   * @param keys of each
   * @param anyNull whether there is a null among their values
   */
  private record Answer(List<InternalRow> rows, Set<List<Object>> keys, boolean anyNull) {}

  /** The column that a subquery becomes. */
  private final class Column {
    private final Expression expression;
    private final Inner inner;
    private final Projection outerValues;
    private final Projection needles;
    private final Interpreter around;

    Column(Expression expression, Relation input, Interpreter around) {
      this.expression = expression;
      this.around = around;
      SubqueryExpression query =
          expression instanceof InSubquery in ? in.query() : (SubqueryExpression) expression;
      this.inner = known.computeIfAbsent(query.plan(), Inner::new);
      this.outerValues = around.scope().projection(inner.outer, input.attributes());
      List<Expression> values =
          expression instanceof InSubquery in ? ScalaLists.java(in.values()) : List.of();
      if (values.stream().anyMatch(SubqueryExpression::hasSubquery)) {
        throw QueryEnd.unsupported("a subquery on the left of IN");
      }
      this.needles = around.scope().projection(values, input.attributes());
    }

    Object value(InternalRow row) {
      Object[] outer = outerValues.values(row);
      Answer answer = inner.answers.computeIfAbsent(RowKeys.of(outer), unused -> answer(outer));
      if (expression instanceof Exists) {
        return !answer.rows().isEmpty();
      }
      if (expression instanceof InSubquery) {
        return isIn(RowKeys.of(needles.values(row)), answer);
      }
      if (answer.rows().size() > 1) {
        throw QueryEnd.wrong(
            "a query in place of one value gives " + answer.rows().size() + " rows");
      }
      return answer.rows().isEmpty() ? null : RowKeys.values(answer.rows().get(0), 1)[0];
    }

    private Boolean isIn(List<Object> needle, Answer answer) {
      if (answer.rows().isEmpty()) {
        return false;
      }
      if (needle.contains(null)) {
        return null;
      }
      return answer.keys().contains(needle) ? Boolean.TRUE : answer.anyNull() ? null : false;
    }

    private Answer answer(Object[] outer) {
      Map<ExprId, Literal> values = new HashMap<>();
      for (int index = 0; index < outer.length; index++) {
        Attribute attribute = inner.outer.get(index);
        values.put(attribute.exprId(), new Literal(outer[index], attribute.dataType()));
      }
      Relation relation =
          around.within(new Scope(values, around.scope().steps())).relation(inner.plan);
      Set<List<Object>> keys = new HashSet<>();
      boolean anyNull = false;
      for (InternalRow row : relation.rows()) {
        List<Object> key = RowKeys.of(row, relation.attributes().size());
        keys.add(key);
        anyNull |= key.contains(null);
      }
      return new Answer(relation.rows(), keys, anyNull);
    }
  }
}
