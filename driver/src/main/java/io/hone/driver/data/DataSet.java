package io.hone.driver.data;

import java.util.List;

/**
 * What was made of a data file.
 *
 * @param items in the order of the file
 * @param skipped number of bad rows, which are not among them
 * @param leftOut number of good rows that are not wanted
 * @param fingerprint 32 hexadecimal digits made from the rows used, in order
 */
public record DataSet<T>(List<T> items, long skipped, long leftOut, String fingerprint) {
  public DataSet {
    items = List.copyOf(items);
  }

  /** All good rows of a file. */
  public DataSet(List<T> items, long skipped, String fingerprint) {
    this(items, skipped, 0, fingerprint);
  }

  /** Prompts that came from no file. */
  public static DataSet<Prompt> of(List<Prompt> prompts) {
    RowFingerprint fingerprint = new RowFingerprint();
    prompts.forEach(prompt -> fingerprint.add(prompt.columnsJson()));
    return new DataSet<>(prompts, 0, fingerprint.digits());
  }
}
