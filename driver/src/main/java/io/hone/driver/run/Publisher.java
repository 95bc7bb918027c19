package io.hone.driver.run;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * How one kind of file system makes things appear whole, and only where nothing was.
 *
 * <p>An exception other than {@link org.apache.hadoop.fs.FileAlreadyExistsException} says nothing
 * about whether the thing is there; {@link CommitStore} finds out.
 */
interface Publisher {
  /**
   * Makes a file appear with its whole content, once the fence has let it pass.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if there is one
   */
  void create(Path file, byte[] content, Fence fence) throws IOException;

  /**
   * Moves a file or a directory to where nothing is.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if there is something
   */
  void move(Path source, Path target) throws IOException;

  /** Puts a file in place of the one that may be there; readers see the old or the new one. */
  void replace(Path file, byte[] content) throws IOException;

  /**
   * Takes away what others have prepared but not yet published in a directory, so that they no
   * longer can.
   */
  void revoke(Path directory) throws IOException;
}
