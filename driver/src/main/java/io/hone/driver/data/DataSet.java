package io.hone.driver.data;

import java.util.List;

/**
 * What was made of a data file.
 *
 * @param items in the order of the file
 * @param skipped number of bad rows left out
 * @param fingerprint 32 hexadecimal digits made from the rows used, in order
 */
public record DataSet<T>(List<T> items, long skipped, String fingerprint) {
  public DataSet {
    items = List.copyOf(items);
  }

  /** Prompts that came from no file. */
  public static DataSet<Prompt> of(List<Prompt> prompts) {
    RowFingerprint fingerprint = new RowFingerprint();
    prompts.forEach(prompt -> fingerprint.add(prompt.columnsJson()));
    return new DataSet<>(prompts, 0, fingerprint.digits());
  }
}
