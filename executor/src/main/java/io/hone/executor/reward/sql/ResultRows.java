package io.hone.executor.reward.sql;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import scala.Option;

/** Makes values of results comparable, whatever type the query gave them. */
final class ResultRows {
  /** Sums in another order differ in their last digits. */
  private static final MathContext DIGITS = new MathContext(10);

  /** Stands for null, which no list of Java's that is copied may hold. */
  private static final List<Object> NULL = List.of();

  private ResultRows() {}

  static Map<List<Object>, Integer> counts(Relation relation) {
    Map<List<Object>, Integer> counts = new HashMap<>();
    int columns = relation.attributes().size();
    for (InternalRow row : relation.rows()) {
      Object[] values = RowKeys.values(row, columns);
      List<Object> comparable = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        Attribute attribute = relation.attributes().get(column);
        comparable.add(comparable(values[column], attribute.dataType()));
      }
      counts.merge(List.copyOf(comparable), 1, Integer::sum);
    }
    return counts;
  }

  private static Object comparable(Object value, DataType type) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? number(BigDecimal.valueOf(number)) : Double.toString(number);
    }
    if (value instanceof Decimal decimal) {
      return number(decimal.toJavaBigDecimal());
    }
    if (type == DataTypes.BooleanType) {
      return value;
    }
    if (type == DataTypes.IntegerType
        || type == DataTypes.LongType
        || type == DataTypes.ShortType
        || type == DataTypes.ByteType) {
      return number(BigDecimal.valueOf(((Number) value).longValue()));
    }
    return new Cast(new Literal(value, type), DataTypes.StringType, Option.apply("UTC"))
        .eval(null)
        .toString();
  }

  private static BigDecimal number(BigDecimal number) {
    return number.round(DIGITS).stripTrailingZeros();
  }
}
