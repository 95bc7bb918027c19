package io.hone.jobs.score;

import io.hone.driver.data.BadRowException;
import io.hone.driver.data.RowColumns;
import io.hone.driver.data.RowReader;
import io.hone.executor.reward.Sample;
import java.util.Map;

/**
 * Rows to score: {@code prompt}, {@code completion} and whatever else there is. Messages name a row
 * by its number, where a run would name the prompt.
 */
public final class SampleReader implements RowReader<Sample> {
  private final String file;
  private long rows;

  /** Reads the rows of a file from its first one on. */
  public SampleReader(String file) {
    this.file = file;
  }

  @Override
  public Sample read(Map<String, Object> row) throws BadRowException {
    rows++;
    return Sample.ofText(
        file + " row " + rows,
        RowColumns.text(row, "prompt"),
        RowColumns.text(row, "completion"),
        row);
  }
}
