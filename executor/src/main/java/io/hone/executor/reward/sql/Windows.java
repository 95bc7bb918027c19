package io.hone.executor.reward.sql;

import io.hone.executor.reward.sql.Sorting.Keyed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FrameLessOffsetWindowFunction;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.RangeFrame$;
import org.apache.spark.sql.catalyst.expressions.SizeBasedWindowFunction$;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/** Functions of windows: a value for each row from the rows of its partition. */
final class Windows {
  private final Window window;
  private final Relation input;
  private final Scope scope;

  /** The columns of the input and the size of the partition, which some functions ask for. */
  private final List<Attribute> columns;

  private final Sorting order;

  private Windows(Window window, Relation input, Scope scope) {
    this.window = window;
    this.input = input;
    this.scope = scope;
    this.columns = new ArrayList<>(input.attributes());
    this.columns.add(SizeBasedWindowFunction$.MODULE$.n());
    this.order = new Sorting(ScalaLists.java(window.orderSpec()), columns, scope);
  }

  /** The rows of the input, partition by partition, each with the values of the functions. */
  static List<InternalRow> rows(Window window, Relation input, Scope scope) {
    return new Windows(window, input, scope).rows();
  }

  private List<InternalRow> rows() {
    List<InternalRow> rows = new ArrayList<>();
    int width = input.attributes().size();
    List<NamedExpression> functions = ScalaLists.java(window.windowExpressions());
    for (List<InternalRow> partition : partitions()) {
      List<Keyed> sized =
          order.sorted(partition.stream().map(row -> sized(row, partition.size())).toList());
      List<Object[]> values = new ArrayList<>();
      for (Keyed row : sized) {
        Object[] cells = RowKeys.values(row.row(), width);
        values.add(Arrays.copyOf(cells, width + functions.size()));
      }
      for (int function = 0; function < functions.size(); function++) {
        Object[] results =
            results((WindowExpression) ((Alias) functions.get(function)).child(), sized);
        for (int row = 0; row < results.length; row++) {
          values.get(row)[width + function] = results[row];
        }
      }
      values.forEach(cells -> rows.add(new GenericInternalRow(cells)));
    }
    return rows;
  }

  private static InternalRow sized(InternalRow row, int size) {
    int width = row.numFields();
    Object[] cells = RowKeys.values(row, width + 1);
    cells[width] = size;
    return new GenericInternalRow(cells);
  }

  private Collection<List<InternalRow>> partitions() {
    Projection key = scope.projection(ScalaLists.java(window.partitionSpec()), input.attributes());
    Map<List<Object>, List<InternalRow>> partitions = new LinkedHashMap<>();
    for (InternalRow row : input.rows()) {
      partitions.computeIfAbsent(RowKeys.of(key.values(row)), unused -> new ArrayList<>()).add(row);
    }
    return partitions.values();
  }

  private Object[] results(WindowExpression expression, List<Keyed> rows) {
    Expression function = expression.windowFunction();
    if (function instanceof FrameLessOffsetWindowFunction offset) {
      return offsets(offset, rows);
    }
    if (!(expression.windowSpec().frameSpecification() instanceof SpecifiedWindowFrame frame)) {
      throw QueryEnd.unsupported("a window without a frame");
    }
    if (function instanceof AggregateExpression aggregate) {
      return framed(Aggregator.of(aggregate, columns, scope), frame, rows);
    }
    if (function instanceof AggregateFunction aggregate) {
      return framed(Aggregator.of(aggregate, columns, scope), frame, rows);
    }
    throw QueryEnd.unsupported("the window function '" + function.prettyName() + "'");
  }

  /** LAG and LEAD: the value of the row so many rows away. */
  private Object[] offsets(FrameLessOffsetWindowFunction function, List<Keyed> rows) {
    if (function.ignoreNulls()) {
      throw QueryEnd.unsupported("IGNORE NULLS");
    }
    Projection value = scope.projection(List.of(function.input()), columns);
    Expression inPlace = function.children().apply(2); // default(), which Java has no name for
    Projection otherwise = scope.projection(List.of(inPlace), columns);
    long distance = constant(function.offset());
    Object[] results = new Object[rows.size()];
    for (int row = 0; row < results.length; row++) {
      long at = row + distance;
      results[row] =
          at >= 0 && at < results.length
              ? value.values(rows.get((int) at).row())[0]
              : otherwise.values(rows.get(row).row())[0];
    }
    return results;
  }

  private Object[] framed(Aggregator aggregator, SpecifiedWindowFrame frame, List<Keyed> rows) {
    boolean range = frame.frameType() == RangeFrame$.MODULE$;
    Object[] results = new Object[rows.size()];
    Aggregator.Group group = null;
    int begun = -1;
    int added = 0;
    for (int row = 0; row < results.length; row++) {
      int from = within(bound(frame.lower(), range, rows, row, true), results.length);
      int to = within(1 + bound(frame.upper(), range, rows, row, false), results.length);
      if (from != begun) { // what an aggregate took in, it cannot give back
        group = aggregator.group(rows.get(row).row());
        begun = from;
        added = from;
      }
      for (; added < to; added++) {
        group.add(rows.get(added).row());
      }
      results[row] = group.value(rows.get(row).row());
    }
    return results;
  }

  private static int within(long row, int rows) {
    return (int) Math.min(rows, Math.max(0, row));
  }

  /** The first or the last row of a frame, which may lie outside of the partition. */
  private long bound(Expression bound, boolean range, List<Keyed> rows, int row, boolean first) {
    if (bound == UnboundedPreceding$.MODULE$) {
      return 0;
    }
    if (bound == UnboundedFollowing$.MODULE$) {
      return rows.size() - 1L;
    }
    if (bound != CurrentRow$.MODULE$) {
      if (range) {
        throw QueryEnd.unsupported("RANGE with a distance");
      }
      return row + constant(bound);
    }
    int peer = row;
    int step = first ? -1 : 1;
    while (range
        && peer + step >= 0
        && peer + step < rows.size()
        && order.arePeers(rows.get(peer + step), rows.get(row))) {
      peer += step;
    }
    return peer;
  }

  private static long constant(Expression expression) {
    if (expression.foldable() && expression.eval(null) instanceof Number number) {
      return number.longValue();
    }
    throw QueryEnd.unsupported("a window whose frame is no number of rows");
  }
}
