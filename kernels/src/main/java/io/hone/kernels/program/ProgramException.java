package io.hone.kernels.program;

/** A program failed; the message holds its trace. */
public final class ProgramException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ProgramException(String message, Throwable cause) {
    super(message, cause);
  }
}
