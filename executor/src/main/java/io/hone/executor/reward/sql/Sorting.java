package io.hone.executor.reward.sql;

import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;

/** Sorts rows; those that are equal stay in their order. */
final class Sorting {
  private Sorting() {}

  static Comparator<InternalRow> order(List<SortOrder> orders, List<Attribute> input, Scope scope) {
    List<SortOrder> bound = orders.stream().map(order -> (SortOrder) scope.within(order)).toList();
    return new InterpretedOrdering(ScalaLists.scala(bound), ScalaLists.scala(input));
  }

  static void sort(List<InternalRow> rows, Comparator<InternalRow> order, Steps steps) {
    int comparisons = 32 - Integer.numberOfLeadingZeros(rows.size());
    steps.take((long) rows.size() * comparisons);
    rows.sort(order);
  }
}
