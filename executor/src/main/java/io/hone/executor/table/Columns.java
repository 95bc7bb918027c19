package io.hone.executor.table;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.schema.Type.Repetition;

/** Finds the column of a record component; columns are named in snake case. */
final class Columns {
  private Columns() {}

  /** The columns of a record, in the order of its components. */
  static List<Column> of(Class<? extends Record> type) {
    List<Column> columns = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> raw = component.getType();
      boolean nullable =
          component.isAnnotationPresent(NullableColumn.class)
              || Number.class.isAssignableFrom(raw)
              || raw == Boolean.class;
      columns.add(
          of(
              snakeCase(component.getName()),
              component.getGenericType(),
              nullable ? Repetition.OPTIONAL : Repetition.REQUIRED));
    }
    return List.copyOf(columns);
  }

  static Column of(String name, Type type, Repetition repetition) {
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      return new MapColumn(name, repetition, map.getActualTypeArguments()[1]);
    }
    if (type instanceof Class<?> plain) {
      if (plain.isRecord()) {
        return new StructColumn(name, repetition, plain.asSubclass(Record.class));
      }
      if (plain == int[].class || plain == float[].class) {
        return new ArrayColumn(name, repetition, plain);
      }
      return PrimitiveColumn.of(name, plain, repetition);
    }
    throw new IllegalArgumentException("no column type for " + type + " of " + name);
  }

  static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
