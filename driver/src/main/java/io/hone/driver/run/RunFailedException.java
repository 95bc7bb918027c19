package io.hone.driver.run;

/** A run that cannot go on, for a reason that is not the user's input; the message says which. */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunFailedException(String message) {
    super(message);
  }
}
