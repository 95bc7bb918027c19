package io.hone.jobs;

import io.hone.conf.UserException;
import java.util.Optional;

/** Finds what the user can put right in what was thrown. */
final class UserErrors {
  /** More wrappings than anything makes; a bound because causes may form a circle. */
  private static final int DEEPEST = 50;

  private UserErrors() {}

  /**
   * The user error that something was thrown for, itself or a cause; Spark keeps a task's exception
   * as a cause.
   */
  static Optional<UserException> in(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof UserException refused) {
        return Optional.of(refused);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
