package io.hone.executor.reward.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;

/** Sorts rows; those that are equal stay in their order. */
final class Sorting {
  private final Projection keys;
  private final InterpretedOrdering order;
  private final Steps steps;

  Sorting(List<SortOrder> orders, List<Attribute> input, Scope scope) {
    this.keys = scope.projection(orders.stream().map(SortOrder::child).toList(), input);
    List<SortOrder> ofKeys = new ArrayList<>();
    for (SortOrder order : orders) {
      ofKeys.add(
          new SortOrder(
              new BoundReference(ofKeys.size(), order.dataType(), true),
              order.direction(),
              order.nullOrdering(),
              ScalaLists.scala(List.of())));
    }
    this.order = new InterpretedOrdering(ScalaLists.scala(ofKeys));
    this.steps = scope.steps();
  }

  /**
   * A row in its place.
   *
   * @param key the values that it is sorted by
   */
  record Keyed(InternalRow row, InternalRow key) {}

  List<Keyed> sorted(List<InternalRow> rows) {
    int comparisons = Integer.SIZE - Integer.numberOfLeadingZeros(rows.size());
    steps.take((long) rows.size() * comparisons);
    return rows.stream()
        .map(row -> new Keyed(row, keys.of(row)))
        .sorted((first, second) -> order.compare(first.key(), second.key()))
        .toList();
  }

  /** Whether neither row comes before the other. */
  boolean arePeers(Keyed first, Keyed second) {
    steps.take(1);
    return order.compare(first.key(), second.key()) == 0;
  }
}
