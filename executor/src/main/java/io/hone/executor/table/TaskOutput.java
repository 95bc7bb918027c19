package io.hone.executor.table;

import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * Names the file of one attempt of one task, so that no two attempts ever write to the same one,
 * not even those of a driver that was taken for dead.
 *
 * @param driverEpoch start number of the driver that the task belongs to
 * @param partition number of the task's partition, from 0
 * @param taskAttempt {@code TaskContext.taskAttemptId()}, unique within the driver
 */
public record TaskOutput(long driverEpoch, int partition, long taskAttempt)
    implements Serializable {
  /** Where attempts write, below the table's directory; Spark does not read such names. */
  public static final String TEMPORARY = "_tmp";

  /** {@code <table>/_tmp/part-PPPPP.<epoch>.<attempt>} */
  public Path in(Path table) {
    String name =
        String.format(Locale.ROOT, "part-%05d.%d.%d", partition, driverEpoch, taskAttempt);
    return new Path(new Path(table, TEMPORARY), name);
  }
}
