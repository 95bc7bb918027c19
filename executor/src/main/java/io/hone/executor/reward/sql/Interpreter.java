package io.hone.executor.reward.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.planning.PhysicalAggregation$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.UnionLoop;
import org.apache.spark.sql.catalyst.plans.logical.UnionLoopRef;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.Tuple4;
import scala.collection.immutable.Seq;

/** Runs analysed plans, operator by operator. */
final class Interpreter {
  /** What it costs to begin with an operator. */
  private static final int STEPS_OF_OPERATOR = 50;

  private static final InternalRow EMPTY = new GenericInternalRow(0);

  private final Scope scope;
  private final Subqueries subqueries;

  /** Rows of the common table expressions and of recursions under way, by their identities. */
  private final Map<Long, List<InternalRow>> named;

  private Interpreter(Scope scope, Subqueries subqueries, Map<Long, List<InternalRow>> named) {
    this.scope = scope;
    this.subqueries = subqueries;
    this.named = named;
  }

  static Relation run(LogicalPlan plan, Steps steps) {
    Interpreter interpreter =
        new Interpreter(new Scope(Map.of(), steps), new Subqueries(), new HashMap<>());
    return interpreter.relation(Subqueries.executable(plan));
  }

  Scope scope() {
    return scope;
  }

  /** The same within a row of the query around. */
  Interpreter within(Scope row) {
    return new Interpreter(row, subqueries, named);
  }

  Relation relation(LogicalPlan plan) {
    scope.steps().take(STEPS_OF_OPERATOR);
    return new Relation(ScalaLists.java(plan.output()), rows(plan));
  }

  private List<InternalRow> rows(LogicalPlan plan) {
    if (plan instanceof Project project) {
      return projected(ScalaLists.expressions(project.projectList()), relation(project.child()));
    }
    if (plan instanceof Filter filter) {
      return filtered(filter.condition(), relation(filter.child()));
    }
    if (plan instanceof Join join) {
      return joined(join);
    }
    if (plan instanceof Aggregate aggregate) {
      return aggregated(aggregate);
    }
    if (plan instanceof Window window) {
      return Windows.rows(window, relation(window.child()), scope);
    }
    if (plan instanceof Sort sort) {
      return sorted(sort);
    }
    if (plan instanceof GlobalLimit limit) {
      return first(limit.limitExpr(), relation(limit.child()).rows());
    }
    if (plan instanceof LocalLimit limit) {
      return first(limit.limitExpr(), relation(limit.child()).rows());
    }
    if (plan instanceof Offset offset) {
      List<InternalRow> rows = relation(offset.child()).rows();
      return rows.subList(Math.min(rows.size(), count(offset.offsetExpr())), rows.size());
    }
    if (plan instanceof Expand expand) {
      return expanded(expand);
    }
    return plan.children().isEmpty() ? leaf(plan) : setOrName(plan);
  }

  private List<InternalRow> leaf(LogicalPlan plan) {
    if (plan instanceof DataSourceV2Relation table) {
      return ((SqlTable) table.table()).rows();
    }
    if (plan instanceof LocalRelation local) {
      return ScalaLists.java(local.data());
    }
    if (plan instanceof OneRowRelation) {
      return List.of(EMPTY);
    }
    if (plan instanceof CTERelationRef reference) {
      return named.get(reference.cteId());
    }
    if (plan instanceof UnionLoopRef reference && !reference.accumulated()) {
      return named.get(reference.loopId());
    }
    throw QueryEnd.unsupported(plan.nodeName());
  }

  private List<InternalRow> setOrName(LogicalPlan plan) {
    if (plan instanceof SubqueryAlias alias) {
      return relation(alias.child()).rows();
    }
    if (plan instanceof WithCTE with) {
      for (CTERelationDef definition : ScalaLists.java(with.cteDefs())) {
        named.put(definition.id(), relation(definition.child()).rows());
      }
      return relation(with.plan()).rows();
    }
    if (plan instanceof Union union) {
      List<InternalRow> rows = new ArrayList<>();
      ScalaLists.java(union.children()).forEach(child -> rows.addAll(relation(child).rows()));
      return rows;
    }
    if (plan instanceof UnionLoop loop) {
      return recursive(loop);
    }
    if (plan instanceof Distinct distinct) {
      Relation relation = relation(distinct.child());
      return new ArrayList<>(first(relation).values());
    }
    if (plan instanceof Intersect intersect) {
      return common(
          relation(intersect.left()), relation(intersect.right()), intersect.isAll(), true);
    }
    if (plan instanceof Except except) {
      return common(relation(except.left()), relation(except.right()), except.isAll(), false);
    }
    throw QueryEnd.unsupported(plan.nodeName());
  }

  private List<InternalRow> projected(List<? extends Expression> expressions, Relation input) {
    Subqueries.Prepared prepared = subqueries.prepare(expressions, input, this);
    Projection projection = scope.projection(prepared.expressions(), prepared.input().attributes());
    return prepared.input().rows().stream().map(projection::of).toList();
  }

  private List<InternalRow> filtered(Expression condition, Relation input) {
    Subqueries.Prepared prepared = subqueries.prepare(List.of(condition), input, this);
    Projection projection = scope.projection(prepared.expressions(), prepared.input().attributes());
    List<InternalRow> kept = new ArrayList<>();
    for (int row = 0; row < input.rows().size(); row++) {
      if (projection.holds(prepared.input().rows().get(row))) {
        kept.add(input.rows().get(row));
      }
    }
    return kept;
  }

  private List<InternalRow> joined(Join join) {
    if (join.condition().isDefined() && SubqueryExpression.hasSubquery(join.condition().get())) {
      throw QueryEnd.unsupported("a subquery in the condition of a join");
    }
    return Joins.rows(join, relation(join.left()), relation(join.right()), scope);
  }

  private List<InternalRow> aggregated(Aggregate aggregate) {
    Tuple4<Seq<NamedExpression>, Seq<AggregateExpression>, Seq<NamedExpression>, LogicalPlan>
        parts = PhysicalAggregation$.MODULE$.unapply(aggregate).get();
    List<NamedExpression> grouping = ScalaLists.java(parts._1());
    List<AggregateExpression> aggregates = ScalaLists.java(parts._2());
    List<Expression> all = new ArrayList<>(ScalaLists.expressions(parts._1()));
    all.addAll(aggregates);
    Subqueries.Prepared prepared = subqueries.prepare(all, relation(aggregate.child()), this);
    List<Attribute> input = prepared.input().attributes();
    Projection keys = scope.projection(prepared.expressions().subList(0, grouping.size()), input);
    List<Aggregator> aggregators =
        prepared.expressions().subList(grouping.size(), all.size()).stream()
            .map(expression -> Aggregator.of((AggregateExpression) expression, input, scope))
            .toList();
    Map<List<Object>, Group> groups = new LinkedHashMap<>();
    if (grouping.isEmpty()) {
      groups.put(List.of(), Group.of(new Object[0], aggregators, EMPTY));
    }
    for (InternalRow row : prepared.input().rows()) {
      Object[] values = keys.values(row);
      groups
          .computeIfAbsent(RowKeys.of(values), unused -> Group.of(values, aggregators, row))
          .aggregates()
          .forEach(each -> each.add(row));
    }
    List<InternalRow> rows = groups.values().stream().map(Group::row).toList();
    List<Attribute> attributes = new ArrayList<>();
    grouping.forEach(expression -> attributes.add(expression.toAttribute()));
    aggregates.forEach(expression -> attributes.add(expression.resultAttribute()));
    return projected(ScalaLists.expressions(parts._3()), new Relation(attributes, rows));
  }

  /**
   * Rows with equal keys.
   *
   * @param key of the first of them
   */
  private record Group(Object[] key, List<Aggregator.Group> aggregates) {
    static Group of(Object[] key, List<Aggregator> aggregators, InternalRow row) {
      return new Group(key, aggregators.stream().map(each -> each.group(row)).toList());
    }

    InternalRow row() {
      Object[] cells = Arrays.copyOf(key, key.length + aggregates.size());
      for (int index = 0; index < aggregates.size(); index++) {
        cells[key.length + index] = aggregates.get(index).value(EMPTY);
      }
      return new GenericInternalRow(cells);
    }
  }

  private List<InternalRow> sorted(Sort sort) {
    Relation input = relation(sort.child());
    List<SortOrder> orders = ScalaLists.java(sort.order());
    if (orders.stream().anyMatch(SubqueryExpression::hasSubquery)) {
      throw QueryEnd.unsupported("a subquery in ORDER BY");
    }
    return new Sorting(orders, input.attributes(), scope)
        .sorted(input.rows()).stream().map(Sorting.Keyed::row).toList();
  }

  private List<InternalRow> expanded(Expand expand) {
    Relation input = relation(expand.child());
    List<Projection> projections =
        ScalaLists.java(expand.projections()).stream()
            .map(list -> scope.projection(ScalaLists.java(list), input.attributes()))
            .toList();
    List<InternalRow> rows = new ArrayList<>();
    for (InternalRow row : input.rows()) {
      projections.forEach(projection -> rows.add(projection.of(row)));
    }
    return rows;
  }

  /** A recursive common table expression: rows of rows, until there are none or no steps left. */
  private List<InternalRow> recursive(UnionLoop loop) {
    List<InternalRow> all = new ArrayList<>();
    List<InternalRow> last = relation(loop.anchor()).rows();
    while (!last.isEmpty()) {
      all.addAll(last);
      named.put(loop.id(), last);
      last = relation(loop.recursion()).rows();
    }
    return all;
  }

  private static List<InternalRow> first(Expression limit, List<InternalRow> rows) {
    return rows.subList(0, Math.min(rows.size(), count(limit)));
  }

  private static int count(Expression constant) {
    return ((Number) constant.eval(null)).intValue();
  }

  /** Each row that is unlike those before it. */
  private Map<List<Object>, InternalRow> first(Relation relation) {
    int columns = relation.attributes().size();
    Map<List<Object>, InternalRow> rows = new LinkedHashMap<>();
    for (InternalRow row : relation.rows()) {
      scope.steps().take(1L + columns);
      rows.putIfAbsent(RowKeys.of(row, columns), row);
    }
    return rows;
  }

  /** The rows on the left that are, or are not, on the right too: as often as there, or once. */
  private List<InternalRow> common(Relation left, Relation right, boolean all, boolean wanted) {
    int columns = left.attributes().size();
    Map<List<Object>, Integer> others = new HashMap<>();
    for (InternalRow row : right.rows()) {
      scope.steps().take(1L + columns);
      others.merge(RowKeys.of(row, columns), 1, Integer::sum);
    }
    Set<List<Object>> taken = new HashSet<>();
    List<InternalRow> rows = new ArrayList<>();
    for (InternalRow row : left.rows()) {
      scope.steps().take(1L + columns);
      List<Object> key = RowKeys.of(row, columns);
      int there = others.getOrDefault(key, 0);
      if (all && there > 0) {
        others.put(key, there - 1);
      }
      if (there > 0 == wanted && (all || taken.add(key))) {
        rows.add(row);
      }
    }
    return rows;
  }
}
