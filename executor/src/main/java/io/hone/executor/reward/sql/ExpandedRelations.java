package io.hone.executor.reward.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;

/**
 * Counts the tables that a statement reads once its common table expressions stand where they are
 * named, which is how Spark's analyser checks it: a few that name each other twice are millions.
 */
final class ExpandedRelations {
  /** Keeps sums of sums from overflowing. */
  private static final long ENOUGH = 1_000_000;

  private ExpandedRelations() {}

  static long count(QueryPlan<?> parsed) {
    return count(parsed, Map.of());
  }

  /**
   * @param named what a common table expression counts, by its name in lower case
   */
  private static long count(QueryPlan<?> plan, Map<String, Long> named) {
    Map<String, Long> visible = named;
    long count = plan instanceof UnresolvedRelation relation ? count(relation, named) : 0;
    if (plan instanceof UnresolvedWith with) {
      visible = new HashMap<>(named);
      for (var relation : ScalaLists.java(with.cteRelations())) {
        visible.put(relation._1().toLowerCase(Locale.ROOT), count(relation._2(), visible));
      }
    }
    for (Expression expression : ScalaLists.java(plan.expressions())) {
      count += count(expression, visible);
    }
    for (Object child : ScalaLists.java(plan.children())) {
      count += count((QueryPlan<?>) child, visible);
    }
    return Math.min(count, ENOUGH);
  }

  private static long count(UnresolvedRelation relation, Map<String, Long> named) {
    List<String> name = ScalaLists.java(relation.multipartIdentifier());
    return name.size() == 1
        ? Math.max(1, named.getOrDefault(name.get(0).toLowerCase(Locale.ROOT), 1L))
        : 1;
  }

  private static long count(Expression expression, Map<String, Long> named) {
    long count =
        expression instanceof SubqueryExpression subquery ? count(subquery.plan(), named) : 0;
    for (Expression child : ScalaLists.java(expression.children())) {
      count += count(child, named);
    }
    return Math.min(count, ENOUGH);
  }
}
