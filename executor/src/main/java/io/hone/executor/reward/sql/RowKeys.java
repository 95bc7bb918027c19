package io.hone.executor.reward.sql;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/** What makes two rows the same one, for groups, joins and sets. */
final class RowKeys {
  private RowKeys() {}

  /** The values of a row of Hone's, equal where SQL takes them for the same; null equals null. */
  static List<Object> of(InternalRow row, int columns) {
    return of(values(row, columns));
  }

  static List<Object> of(Object[] values) {
    List<Object> key = new ArrayList<>(values.length);
    for (Object value : values) {
      key.add(of(value));
    }
    return key;
  }

  private static Object of(Object value) {
    if (value instanceof Double number) {
      return number == 0 ? 0.0 : number; // -0.0 is 0.0
    }
    if (value instanceof Float number) {
      return number == 0 ? 0.0f : number;
    }
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    return value instanceof GenericInternalRow row ? of(row.values()) : value;
  }

  static Object[] values(InternalRow row, int columns) {
    if (row instanceof GenericInternalRow generic) {
      return Arrays.copyOf(generic.values(), columns);
    }
    throw new IllegalStateException("row of " + row.getClass().getSimpleName());
  }
}
