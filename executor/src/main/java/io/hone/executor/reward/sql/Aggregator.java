package io.hone.executor.reward.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.NoOp$;

/** One aggregate over rows that come one after the other. */
final class Aggregator {
  private final Projection initial;
  private final Projection update;
  private final Projection evaluate;
  private final Optional<Projection> filter;

  /** What has to be another value for a row to count; empty if every row counts. */
  private final Optional<Projection> distinct;

  private Aggregator(
      DeclarativeAggregate function,
      Optional<Expression> filter,
      boolean distinct,
      List<Attribute> input,
      Scope scope) {
    List<Attribute> buffer = new ArrayList<>(ScalaLists.java(function.aggBufferAttributes()));
    List<Attribute> both = new ArrayList<>(buffer);
    both.addAll(input);
    this.initial = scope.projection(ScalaLists.java(function.initialValues()), input);
    this.update = scope.projection(updates(function, buffer), both);
    this.evaluate = scope.projection(List.of(function.evaluateExpression()), both);
    this.filter = filter.map(condition -> scope.projection(List.of(condition), input));
    this.distinct =
        distinct
            ? Optional.of(scope.projection(ScalaLists.java(function.children()), input))
            : Optional.empty();
  }

  static Aggregator of(AggregateExpression aggregate, List<Attribute> input, Scope scope) {
    return new Aggregator(
        declarative(aggregate.aggregateFunction()),
        aggregate.filter().isDefined() ? Optional.of(aggregate.filter().get()) : Optional.empty(),
        aggregate.isDistinct(),
        input,
        scope);
  }

  /** An aggregate of windows, such as the rank. */
  static Aggregator of(AggregateFunction function, List<Attribute> input, Scope scope) {
    return new Aggregator(declarative(function), Optional.empty(), false, input, scope);
  }

  /** The new values of the buffer; some functions say of a value that it stays. */
  private static List<Expression> updates(DeclarativeAggregate function, List<Attribute> buffer) {
    List<Expression> updates = new ArrayList<>(ScalaLists.java(function.updateExpressions()));
    for (int index = 0; index < updates.size(); index++) {
      if (updates.get(index) == NoOp$.MODULE$) {
        updates.set(index, buffer.get(index));
      }
    }
    return updates;
  }

  private static DeclarativeAggregate declarative(AggregateFunction function) {
    if (function instanceof DeclarativeAggregate declarative) {
      return declarative;
    }
    throw QueryEnd.unsupported("the aggregate '" + function.prettyName() + "'");
  }

  /**
   * A group without rows so far.
   *
   * @param row any row of it, for aggregates of windows that begin with the size of the partition
   */
  Group group(InternalRow row) {
    return new Group(initial.of(row));
  }

  /** The rows of one group. */
  final class Group {
    private final Set<List<Object>> seen = new HashSet<>();
    private InternalRow buffer;

    private Group(InternalRow initial) {
      this.buffer = initial;
    }

    void add(InternalRow row) {
      if (filter.isPresent() && !filter.get().holds(row)) {
        return;
      }
      if (distinct.isEmpty() || seen.add(RowKeys.of(distinct.get().values(row)))) {
        buffer = update.of(new JoinedRow(buffer, row));
      }
    }

    /**
     * @param row the one it is asked for, for aggregates of windows that look at it
     */
    Object value(InternalRow row) {
      return evaluate.values(new JoinedRow(buffer, row))[0];
    }
  }
}
