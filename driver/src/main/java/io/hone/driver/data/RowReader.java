package io.hone.driver.data;

import java.util.Map;

/** Makes an item of a data set out of a row. */
@FunctionalInterface
public interface RowReader<T> {
  /**
   * Reads one row.
   *
   * @param columns in the order of the file
   * @throws BadRowException if the row lacks what the item needs
   */
  T read(Map<String, Object> columns) throws BadRowException;
}
