package io.hone.jobs;

import io.hone.executor.batch.RowSlice;
import io.hone.executor.task.TaskOutcome;
import io.hone.jobs.spark.OrderedJob;
import io.hone.jobs.terminal.Console;
import io.hone.jobs.terminal.Progress;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** A file of rows through one Spark job into another file, line by line and in order. */
final class BatchRun {
  private BatchRun() {}

  /**
   * What becomes of one slice's results.
   *
   * @param <I> a row as tasks take it
   * @param <O> a result
   */
  interface SliceWriter<I, O> {
    /** Writes the results of a slice; returns how many tokens they stand for. */
    long write(RowSlice<I> slice, List<O> results);
  }

  /**
   * Runs {@code task} on every slice, and tells how far it is.
   *
   * @param noun what a row is to the user, in the singular
   * @throws io.hone.conf.UserException if a task refuses its rows, or the output cannot be written
   */
  static <I, O> void run(
      Console console,
      JavaSparkContext spark,
      String noun,
      List<RowSlice<I>> slices,
      Function<RowSlice<I>, TaskOutcome<List<O>>> task,
      SliceWriter<I, O> writer) {
    long rows = slices.stream().mapToLong(slice -> slice.rows().size()).sum();
    Progress progress = new Progress(console, rows, rows == 1 ? noun : noun + "s");
    Iterator<RowSlice<I>> next = slices.iterator();
    try {
      OrderedJob.<TaskOutcome<List<O>>>run(
          spark.parallelize(slices, slices.size()).map(task),
          outcome -> {
            RowSlice<I> slice = next.next();
            progress.add(slice.rows().size(), writer.write(slice, outcome.get()));
          },
          progress::tick);
    } finally {
      progress.clear();
    }
    console.err().println(progress.summary());
  }
}
