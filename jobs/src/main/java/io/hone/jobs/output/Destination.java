package io.hone.jobs.output;

import java.io.IOException;
import java.io.OutputStream;

/** A place for one new file, first under a temporary name beside it. */
interface Destination {
  /**
   * Begins the temporary file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the place is taken
   */
  OutputStream open() throws IOException;

  /**
   * Gives the complete file its name.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the place was taken meanwhile
   */
  void publish() throws IOException;

  /** Removes the temporary file. */
  void discard() throws IOException;
}
