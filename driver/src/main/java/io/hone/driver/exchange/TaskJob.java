package io.hone.driver.exchange;

import io.hone.executor.task.Handover;
import io.hone.executor.task.TaskOutcome;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/** One Spark job of one task for each assignment. */
public final class TaskJob {
  private TaskJob() {}

  /** What a task does with its assignment; sent to the executors. */
  @FunctionalInterface
  public interface Work<A, R> extends Function<A, R>, Serializable {}

  /**
   * Runs a task for each assignment.
   *
   * @param assignments at least one, in partition order
   * @return their results, in the same order
   * @throws io.hone.conf.UserException if a task met something that the user can put right
   */
  public static <A, R> List<R> run(JavaSparkContext spark, List<A> assignments, Work<A, R> work) {
    try (Handover<TaskOutcome<R>> handover = Handover.open()) {
      Handover.Address<TaskOutcome<R>> address = handover.address();
      return spark
          .parallelize(assignments, assignments.size())
          .map(assignment -> address.send(TaskOutcome.of(() -> work.apply(assignment))))
          .collect()
          .stream()
          .map(handover::receive)
          .map(TaskOutcome::get)
          .toList();
    }
  }
}
