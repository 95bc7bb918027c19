package io.hone.conf;

/**
 * Something that the user can put right: a configuration, a data set, a checkpoint, an argument.
 *
 * <p>The message stands alone. It names the thing, the value found, what was expected and the fix;
 * the command line prints it without a stack trace and exits with status 2.
 */
public final class UserException extends RuntimeException {
  public UserException(String message) {
    super(message);
  }

  /** With the failure that led here, kept for logs; the message must make sense without it. */
  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
