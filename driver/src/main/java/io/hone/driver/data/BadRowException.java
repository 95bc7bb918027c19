package io.hone.driver.data;

/** A row that cannot be used; the message says why, whoever reads the file adds where. */
public final class BadRowException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadRowException(String message) {
    super(message);
  }
}
