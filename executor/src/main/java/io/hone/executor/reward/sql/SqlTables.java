package io.hone.executor.reward.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/** The tables that queries are about. */
public final class SqlTables {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final String COLUMNS = "columns";
  private static final String ROWS = "rows";

  private final Map<String, SqlTable> byName;

  private SqlTables(Map<String, SqlTable> byName) {
    this.byName = Map.copyOf(byName);
  }

  /**
   * The tables of a row of a data set: an object, or text of one in JSON, with a table under each
   * name. A table is a list of objects, one for each row, whose values tell the types of columns;
   * or an object with {@code columns}, the names and types as in a CREATE TABLE, and {@code rows},
   * a list of lists of values in that order.
   *
   * @throws IllegalArgumentException if it is none of this
   */
  public static SqlTables of(Object value) {
    return Dialect.within(() -> read(value));
  }

  private static SqlTables read(Object value) {
    Map<String, SqlTable> tables = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : object(value).entrySet()) {
      String name = String.valueOf(entry.getKey()).toLowerCase(Locale.ROOT);
      if (entry.getValue() != null) { // a column of objects has every table in every row
        SqlTable table = table(name, entry.getValue());
        if (tables.put(name, table) != null) {
          throw new IllegalArgumentException("two tables have the name '" + name + "'");
        }
      }
    }
    return new SqlTables(tables);
  }

  private static Map<?, ?> object(Object value) {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    if (value instanceof String text) {
      try {
        return JSON.readValue(text, OBJECT);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "not a JSON object of tables: " + e.getOriginalMessage(), e);
      }
    }
    throw new IllegalArgumentException("not an object of tables");
  }

  private static SqlTable table(String name, Object value) {
    if (value instanceof List<?> rows) {
      List<Map<?, ?>> objects = new ArrayList<>();
      for (Object row : rows) {
        if (!(row instanceof Map<?, ?> object)) {
          throw new IllegalArgumentException("a row of table '" + name + "' is no object");
        }
        objects.add(object);
      }
      return ofObjects(name, objects);
    }
    if (value instanceof Map<?, ?> object
        && object.get(COLUMNS) instanceof String columns
        && object.get(ROWS) instanceof List<?> rows) {
      return ofLists(name, columns, rows);
    }
    throw new IllegalArgumentException(
        "table '%s' is neither a list of objects nor an object with '%s' and '%s'"
            .formatted(name, COLUMNS, ROWS));
  }

  private static SqlTable ofLists(String name, String columns, List<?> rows) {
    StructType types;
    try {
      types = StructType.fromDDL(columns);
    } catch (Exception e) { // Spark's are checked, and declared nowhere
      throw new IllegalArgumentException(
          "columns '" + columns + "' of table '" + name + "' are not understood", e);
    }
    List<InternalRow> converted = new ArrayList<>();
    for (Object row : rows) {
      if (!(row instanceof List<?> values) || values.size() != types.size()) {
        throw new IllegalArgumentException(
            "a row of table '" + name + "' is no list of " + types.size() + " values");
      }
      converted.add(row(name, types, values));
    }
    return new SqlTable(name, types, converted);
  }

  private static SqlTable ofObjects(String name, List<Map<?, ?>> rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> row.keySet().forEach(column -> columns.add(String.valueOf(column))));
    List<StructField> fields = new ArrayList<>();
    for (String column : columns) {
      fields.add(DataTypes.createStructField(column, type(name, column, rows), true));
    }
    StructType types = DataTypes.createStructType(fields);
    List<InternalRow> converted = new ArrayList<>();
    for (Map<?, ?> row : rows) {
      converted.add(row(name, types, columns.stream().map(row::get).toList()));
    }
    return new SqlTable(name, types, converted);
  }

  /**
   * The type of a column: of whole numbers, numbers, truth values or text; text if all are null.
   */
  private static DataType type(String table, String column, List<Map<?, ?>> rows) {
    Set<DataType> types = new LinkedHashSet<>();
    for (Map<?, ?> row : rows) {
      Object value = row.get(column);
      if (value != null) {
        types.add(type(table, column, value));
      }
    }
    if (types.equals(Set.of(DataTypes.LongType, DataTypes.DoubleType))) {
      return DataTypes.DoubleType;
    }
    if (types.size() > 1) {
      throw new IllegalArgumentException(
          "column '%s' of table '%s' mixes %s".formatted(column, table, types));
    }
    return types.isEmpty() ? DataTypes.StringType : types.iterator().next();
  }

  private static DataType type(String table, String column, Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof Number) {
      return literal(value).dataType();
    }
    throw new IllegalArgumentException(
        "column '%s' of table '%s' holds %s (expected text, numbers or truth values)"
            .formatted(column, table, value.getClass().getSimpleName()));
  }

  private static InternalRow row(String table, StructType types, List<?> values) {
    Object[] cells = new Object[types.size()];
    for (int column = 0; column < cells.length; column++) {
      StructField field = types.fields()[column];
      Object value = values.get(column);
      cells[column] = value == null ? null : cast(value, field.dataType());
      if (value != null && cells[column] == null) {
        throw new IllegalArgumentException(
            "'%s' in column '%s' of table '%s' is no %s"
                .formatted(value, field.name(), table, field.dataType().sql()));
      }
    }
    return new GenericInternalRow(cells);
  }

  private static Object cast(Object value, DataType type) {
    Literal literal = literal(value);
    return type.equals(literal.dataType())
        ? literal.value()
        : new Cast(literal, type, Option.apply("UTC")).eval(null);
  }

  private static Literal literal(Object value) {
    if (value instanceof Boolean) {
      return new Literal(value, DataTypes.BooleanType);
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return new Literal(((Number) value).longValue(), DataTypes.LongType);
    }
    if (value instanceof Number number) {
      return new Literal(number.doubleValue(), DataTypes.DoubleType);
    }
    return new Literal(UTF8String.fromString(String.valueOf(value)), DataTypes.StringType);
  }

  /** The tables by their names in lower case. */
  Map<String, SqlTable> byName() {
    return byName;
  }
}
