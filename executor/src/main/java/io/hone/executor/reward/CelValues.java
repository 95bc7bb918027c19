package io.hone.executor.reward;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns of a row as CEL wants them: whole numbers of 64 bits, decimals in double precision. */
final class CelValues {
  private CelValues() {}

  static Map<String, Object> of(Map<String, Object> columns) {
    Map<String, Object> values = new LinkedHashMap<>();
    columns.forEach((name, value) -> values.put(name, of(value)));
    return values;
  }

  private static Object of(Object value) {
    if (value == null) {
      return NullValue.NULL_VALUE;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Number number && !(value instanceof Long)) {
      return number.doubleValue();
    }
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(item -> values.add(of(item)));
      return values;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> values = new LinkedHashMap<>();
      map.forEach((key, item) -> values.put(of(key), of(item)));
      return values;
    }
    return value;
  }
}
