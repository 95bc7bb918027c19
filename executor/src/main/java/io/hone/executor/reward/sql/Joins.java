package io.hone.executor.reward.sql;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.planning.ExtractEquiJoinKeys$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Option;
import scala.Tuple8;
import scala.collection.immutable.Seq;

/** Joins two relations: rows on the left in their order, each with those on the right in theirs. */
final class Joins {
  private final Scope scope;
  private final Relation left;
  private final Relation right;
  private final Optional<Projection> condition;
  private final List<Expression> leftKeys;
  private final List<Expression> rightKeys;
  private final boolean keepLeft;
  private final boolean keepRight;

  /**
   * Whether semi joins want a match and anti joins none; null for those with both sides' columns.
   */
  private final Boolean wanted;

  private Joins(Join join, Relation left, Relation right, Scope scope) {
    this.scope = scope;
    this.left = left;
    this.right = right;
    Option<
            Tuple8<
                JoinType,
                Seq<Expression>,
                Seq<Expression>,
                Option<Expression>,
                Option<Expression>,
                LogicalPlan,
                LogicalPlan,
                JoinHint>>
        keys = ExtractEquiJoinKeys$.MODULE$.unapply(join);
    this.leftKeys = keys.isDefined() ? ScalaLists.java(keys.get()._2()) : List.of();
    this.rightKeys = keys.isDefined() ? ScalaLists.java(keys.get()._3()) : List.of();
    Option<Expression> rest = keys.isDefined() ? keys.get()._4() : join.condition();
    List<Attribute> both = new ArrayList<>(left.attributes());
    both.addAll(right.attributes());
    this.condition =
        rest.isDefined()
            ? Optional.of(scope.projection(List.of(rest.get()), both))
            : Optional.empty();
    String type = join.joinType().sql();
    this.keepLeft = type.equals("LEFT OUTER") || type.equals("FULL OUTER");
    this.keepRight = type.equals("RIGHT OUTER") || type.equals("FULL OUTER");
    this.wanted =
        switch (type) {
          case "LEFT SEMI" -> Boolean.TRUE;
          case "LEFT ANTI" -> Boolean.FALSE;
          case "INNER", "CROSS", "LEFT OUTER", "RIGHT OUTER", "FULL OUTER" -> null;
          default -> throw QueryEnd.unsupported(type + " JOIN");
        };
  }

  static List<InternalRow> rows(Join join, Relation left, Relation right, Scope scope) {
    return new Joins(join, left, right, scope).rows();
  }

  private List<InternalRow> rows() {
    int leftWidth = left.attributes().size();
    int rightWidth = right.attributes().size();
    Projection leftKey = scope.projection(leftKeys, left.attributes());
    Map<List<Object>, List<Integer>> index = index();
    List<InternalRow> joined = new ArrayList<>();
    BitSet matched = new BitSet();
    for (InternalRow row : left.rows()) {
      boolean any = false;
      List<Object> key = RowKeys.of(leftKey.values(row));
      for (int candidate : index.getOrDefault(key, List.of())) {
        scope.steps().take(1L + leftWidth + rightWidth);
        InternalRow both = joined(row, leftWidth, right.rows().get(candidate), rightWidth);
        if (condition.isPresent() && !condition.get().holds(both)) {
          continue;
        }
        any = true;
        matched.set(candidate);
        if (wanted != null) {
          break;
        }
        joined.add(both);
      }
      if (wanted != null && wanted == any) {
        joined.add(row);
      } else if (keepLeft && !any) {
        joined.add(joined(row, leftWidth, null, rightWidth));
      }
    }
    for (int row = 0; keepRight && row < right.rows().size(); row++) {
      if (!matched.get(row)) {
        joined.add(joined(null, leftWidth, right.rows().get(row), rightWidth));
      }
    }
    return joined;
  }

  /**
   * Which rows on the right have which key; all have the empty one where nothing has to be equal.
   */
  private Map<List<Object>, List<Integer>> index() {
    Projection rightKey = scope.projection(rightKeys, right.attributes());
    Map<List<Object>, List<Integer>> index = new HashMap<>();
    for (int row = 0; row < right.rows().size(); row++) {
      List<Object> key = RowKeys.of(rightKey.values(right.rows().get(row)));
      if (!key.contains(null)) { // null is equal to nothing
        index.computeIfAbsent(key, unused -> new ArrayList<>()).add(row);
      }
    }
    return index;
  }

  /** Both rows side by side, null for one that is not there. */
  private static InternalRow joined(
      InternalRow left, int leftWidth, InternalRow right, int rightWidth) {
    Object[] values = new Object[leftWidth + rightWidth];
    if (left != null) {
      System.arraycopy(RowKeys.values(left, leftWidth), 0, values, 0, leftWidth);
    }
    if (right != null) {
      System.arraycopy(RowKeys.values(right, rightWidth), 0, values, leftWidth, rightWidth);
    }
    return new GenericInternalRow(values);
  }
}
