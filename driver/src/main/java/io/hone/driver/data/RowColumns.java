package io.hone.driver.data;

import java.util.Map;

/** Columns that a row must have. */
public final class RowColumns {
  private RowColumns() {}

  /**
   * The value of a column.
   *
   * @throws BadRowException if the row has none, or null
   */
  public static Object present(Map<String, Object> row, String column) throws BadRowException {
    Object value = row.get(column);
    if (value == null) {
      throw new BadRowException(
          "has no column " + column + " (its columns are " + String.join(", ", row.keySet()) + ")");
    }
    return value;
  }

  /**
   * The value of a column of text.
   *
   * @throws BadRowException if the row has none, or one that is not text
   */
  public static String text(Map<String, Object> row, String column) throws BadRowException {
    Object value = present(row, column);
    if (value instanceof String text) {
      return text;
    }
    throw new BadRowException(
        "column " + column + " is " + JsonLines.json(Map.of(column, value)) + " (expected text)");
  }
}
