package io.hone.executor.reward.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;

/** Which tables and columns a statement names, whether they are there or not. */
final class SchemaItems {
  private final Set<String> tables = new TreeSet<>();
  private final Set<String> columns = new TreeSet<>();

  /** Names that the statement itself gives, to expressions and to common table expressions. */
  private final Set<String> given = new TreeSet<>();

  /**
   * The names in lower case, columns without their tables.
   *
   * @param known tables with columns of which a name that the statement gives as well counts
   */
  static Set<String> of(LogicalPlan parsed, SqlTables known) {
    SchemaItems items = new SchemaItems();
    items.add(parsed);
    for (SqlTable table : known.byName().values()) {
      items.given.remove(table.name());
      for (String column : table.types().fieldNames()) {
        items.given.remove(lower(column));
      }
    }
    items.tables.removeAll(items.given);
    items.columns.removeAll(items.given);
    Set<String> all = new TreeSet<>();
    items.tables.forEach(table -> all.add("table " + table));
    items.columns.forEach(column -> all.add("column " + column));
    return all;
  }

  private void add(QueryPlan<?> plan) {
    if (plan instanceof UnresolvedRelation relation) {
      tables.add(last(ScalaLists.java(relation.multipartIdentifier())));
    }
    if (plan instanceof UnresolvedWith with) {
      ScalaLists.java(with.cteRelations())
          .forEach(
              relation -> {
                given.add(lower(relation._1()));
                add((SubqueryAlias) relation._2());
              });
    }
    ScalaLists.java(plan.expressions()).forEach(this::add);
    ScalaLists.java(plan.children()).forEach(child -> add((QueryPlan<?>) child));
  }

  private void add(Expression expression) {
    if (expression instanceof UnresolvedAttribute attribute) {
      columns.add(last(ScalaLists.java(attribute.nameParts())));
    }
    if (expression instanceof Alias alias) {
      given.add(lower(alias.name()));
    }
    if (expression instanceof SubqueryExpression subquery) {
      add(subquery.plan());
    }
    ScalaLists.java(expression.children()).forEach(this::add);
  }

  private static String last(List<String> name) {
    return lower(name.get(name.size() - 1));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
