package io.hone.jobs.score;

import io.hone.driver.data.BadRowException;
import io.hone.driver.data.JsonLines;
import io.hone.driver.data.RowColumns;
import io.hone.driver.data.RowReader;
import io.hone.executor.reward.Sample;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

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

  /**
   * All rows of a file of JSON lines, of which there is at least one.
   *
   * @throws io.hone.conf.UserException if it cannot be read, or a row is bad
   */
  public static List<Sample> lines(String file, Configuration conf) {
    return JsonLines.strict(file).read(conf, new SampleReader(file)).items();
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
