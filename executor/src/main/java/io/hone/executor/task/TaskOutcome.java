package io.hone.executor.task;

import io.hone.conf.UserException;
import java.io.Serializable;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a task returns: its result, or the user error that ended it. A user error travels as a value
 * because Spark would answer an exception with retries, which cannot help, and with stack traces in
 * the log, which the user cannot use.
 *
 * @param <T> serializable
 */
public sealed interface TaskOutcome<T> extends Serializable {

  /** The task did its work. */
  record Completed<T>(T result) implements TaskOutcome<T> {
    @Override
    public T get() {
      return result;
    }
  }

  /** The task met something that the user can put right. */
  record Refused<T>(String message) implements TaskOutcome<T> {
    @Override
    public T get() {
      throw new UserException(message);
    }
  }

  /** Runs work inside a task; other exceptions than user errors pass, for Spark to retry. */
  static <T> TaskOutcome<T> of(Supplier<T> work) {
    try {
      return new Completed<>(work.get());
    } catch (UserException refused) {
      return new Refused<>(refused.getMessage());
    }
  }

  /** The outcome of work that goes on from this result; a user error stays what it is. */
  default <R> TaskOutcome<R> map(Function<T, R> next) {
    return of(() -> next.apply(get()));
  }

  /**
   * The result, on the driver.
   *
   * @throws UserException if there is none
   */
  T get();
}
