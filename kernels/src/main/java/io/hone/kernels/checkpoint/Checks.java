package io.hone.kernels.checkpoint;

import io.hone.conf.UserException;
import java.util.Locale;

/** Conditions on what users give us. */
final class Checks {
  private Checks() {}

  /** Throws a {@link UserException} with the formatted message unless the condition holds. */
  static void require(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new UserException(String.format(Locale.ROOT, format, arguments));
    }
  }
}
