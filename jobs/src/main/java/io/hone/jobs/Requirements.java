package io.hone.jobs;

import io.hone.conf.UserException;

/** Checks of numbers on the command line. */
final class Requirements {
  private Requirements() {}

  /**
   * The value of an option.
   *
   * @throws UserException if it is less than {@code least}
   */
  static int atLeast(String option, int value, int least) {
    if (value < least) {
      throw new UserException(
          option + " " + value + ": is out of range (expected " + least + " or more)");
    }
    return value;
  }
}
