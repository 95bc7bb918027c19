package io.hone.executor.batch;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive rows of a file, the work of one task.
 *
 * @param firstRow index of the first of them in the file, from 0
 * @param rows in the order of the file
 */
public record RowSlice<T>(long firstRow, List<T> rows) implements Serializable {
  /**
   * Enough to keep a cluster busy and progress visible, few enough that scheduling costs nothing
   * beside the work.
   */
  private static final int MAXIMUM_SLICES = 256;

  /** Copies the list, so that a slice does not carry the whole file along. */
  public RowSlice {
    rows = List.copyOf(rows);
  }

  /**
   * Cuts rows into slices of whole units, a function of the number of rows alone.
   *
   * @param unit rows that are computed together
   */
  public static <T> List<RowSlice<T>> cut(List<T> rows, int unit) {
    long units = (rows.size() + unit - 1L) / unit;
    long unitsOfSlice = (units + MAXIMUM_SLICES - 1) / MAXIMUM_SLICES;
    int size = Math.toIntExact(Math.min(Math.max(1, unitsOfSlice * unit), Integer.MAX_VALUE));
    List<RowSlice<T>> slices = new ArrayList<>();
    for (int start = 0; start < rows.size(); start += size) {
      slices.add(new RowSlice<>(start, rows.subList(start, Math.min(rows.size(), start + size))));
    }
    return slices;
  }
}
