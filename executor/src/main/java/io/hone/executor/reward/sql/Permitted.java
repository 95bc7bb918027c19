package io.hone.executor.reward.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.expressions.BaseGroupingSets;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ILike;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.String2TrimExpression;
import org.apache.spark.sql.catalyst.expressions.StringLocate;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/**
 * Lets through what may be analysed. Analysis already evaluates some constants, so this comes
 * first; whatever it adds is made of what is let through.
 */
final class Permitted {
  /** Each may double the columns that there are. */
  private static final int MOST_STARS = 12;

  private static final Set<String> OPERATORS =
      Set.of(
          ("Aggregate Distinct Except Filter GlobalLimit Intersect Join LocalLimit Offset OneRowRelation Project Sort"
                  + " SubqueryAlias Union UnresolvedHaving UnresolvedInlineTable UnresolvedRelation"
                  + " UnresolvedSubqueryColumnAliases UnresolvedWith WithWindowDefinition")
              .split(" "));

  private static final Set<String> EXPRESSIONS =
      Set.of(
          ("Add Alias And Between Cast CaseWhen Concat CreateNamedStruct Cube CurrentRow Divide EqualNullSafe EqualTo"
                  + " Exists GreaterThan GreaterThanOrEqual GroupingSets ILike If In InSubquery IntegralDivide IsNotNull"
                  + " IsNotUnknown IsNull IsUnknown LessThan LessThanOrEqual Like ListQuery Literal Multiply NamePlaceholder"
                  + " Not Or Remainder Rollup ScalarSubquery SortOrder SpecifiedWindowFrame StringLocate StringTrim"
                  + " StringTrimLeft StringTrimRight Substring Subtract UnaryMinus UnaryPositive UnboundedFollowing"
                  + " UnboundedPreceding UnresolvedAlias UnresolvedAttribute UnresolvedFunction UnresolvedOrdinal UnresolvedStar"
                  + " UnresolvedWindowExpression UnspecifiedFrame WindowExpression WindowSpecDefinition"
                  + " WindowSpecReference")
              .split(" "));

  private static final Set<String> CONSTANTS = Set.of("Literal", "UnaryMinus", "Alias");

  /** Each may double the sets of groups that there are. */
  private static final int MOST_GROUPING_SETS = 8;

  private static final int MOST_RELATIONS = 64;

  private int stars;
  private int groupingSets;

  /**
   * A parsed statement with Hone's functions in place of operators that Spark does not bound.
   *
   * @throws QueryEnd if it is no query, or has something in it that is not run here
   */
  static LogicalPlan of(LogicalPlan parsed) {
    if (ExpandedRelations.count(parsed) > MOST_RELATIONS) {
      throw QueryEnd.stopped("the query reads more than " + MOST_RELATIONS + " tables");
    }
    return new Permitted().plan(parsed);
  }

  private LogicalPlan plan(LogicalPlan plan) {
    return plan.transformDown(new Rewrite<>(this::operator));
  }

  private LogicalPlan operator(LogicalPlan operator) {
    if (operator instanceof Command || operator instanceof ParsedStatement) {
      throw QueryEnd.wrong("not a query: " + operator.nodeName());
    }
    require(OPERATORS.contains(name(operator)), operator.nodeName());
    if (operator instanceof UnresolvedInlineTable
        || operator instanceof GlobalLimit
        || operator instanceof LocalLimit
        || operator instanceof Offset) {
      for (Expression expression : ScalaLists.java(operator.expressions())) {
        requireConstant(expression);
      }
    }
    LogicalPlan vetted =
        (LogicalPlan) operator.transformExpressionsDown(new Rewrite<>(this::expression));
    return vetted instanceof UnresolvedWith with ? withVetted(with) : vetted;
  }

  private UnresolvedWith withVetted(UnresolvedWith with) {
    List<Tuple3<String, SubqueryAlias, Option<Object>>> relations = new ArrayList<>();
    for (Tuple3<String, SubqueryAlias, Option<Object>> relation :
        ScalaLists.java(with.cteRelations())) {
      relations.add(
          new Tuple3<>(relation._1(), (SubqueryAlias) plan(relation._2()), relation._3()));
    }
    return new UnresolvedWith(with.child(), ScalaLists.scala(relations), with.allowRecursion());
  }

  private Expression expression(Expression expression) {
    require(EXPRESSIONS.contains(name(expression)), expression.prettyName());
    if (expression instanceof UnresolvedFunction function) {
      List<String> name = ScalaLists.java(function.nameParts());
      Functions.require(name);
      requireSpaces(name.get(0).toLowerCase(Locale.ROOT).endsWith("trim"), function.arguments());
    }
    requireSpaces(expression instanceof String2TrimExpression, expression.children());
    if (expression instanceof UnresolvedStar && ++stars > MOST_STARS) {
      throw QueryEnd.stopped("the query has more than " + MOST_STARS + " stars");
    }
    if (expression instanceof BaseGroupingSets) {
      groupingSets += expression.children().size();
      if (groupingSets > MOST_GROUPING_SETS) {
        throw QueryEnd.stopped("the query groups by more than " + MOST_GROUPING_SETS + " sets");
      }
    }
    if (expression instanceof Like like) {
      require(like.escapeChar() == '\\', "LIKE with ESCAPE");
      return function(Functions.LIKE, like.left(), like.right());
    }
    if (expression instanceof ILike like) {
      require(like.escapeChar() == '\\', "ILIKE with ESCAPE");
      return function(
          Functions.LIKE, function("lower", like.left()), function("lower", like.right()));
    }
    if (expression instanceof StringLocate locate) {
      return function("position", locate.substr(), locate.str());
    }
    return expression instanceof SubqueryExpression subquery
        ? (Expression) subquery.withNewPlan(plan(subquery.plan()))
        : expression;
  }

  /** What is trimmed may be named, but then nothing counts how often it is looked for. */
  private static void requireSpaces(boolean trims, Seq<Expression> arguments) {
    require(!trims || arguments.size() <= 1, "trimming other characters than spaces");
  }

  private static Expression function(String name, Expression... arguments) {
    boolean no = false;
    return new UnresolvedFunction(
        ScalaLists.scala(List.of(name)),
        ScalaLists.scala(List.of(arguments)),
        no,
        Option.empty(),
        no,
        ScalaLists.scala(List.of()),
        no);
  }

  private static void requireConstant(Expression expression) {
    require(CONSTANTS.contains(name(expression)), "an expression in place of a constant");
    ScalaLists.java(expression.children()).forEach(Permitted::requireConstant);
  }

  private static void require(boolean permitted, String what) {
    if (!permitted) {
      throw QueryEnd.unsupported(what);
    }
  }

  /** The name of a class of Spark, whose objects have a dollar at its end. */
  private static String name(Object node) {
    String name = node.getClass().getSimpleName();
    return name.endsWith("$") ? name.substring(0, name.length() - 1) : name;
  }
}
