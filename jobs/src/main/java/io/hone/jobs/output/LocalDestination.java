package io.hone.jobs.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * On a local disk, through Java: Hadoop's local file system would leave a checksum file beside it.
 */
final class LocalDestination implements Destination {
  private final Path target;
  private final Path temporary;

  LocalDestination(Path target) {
    this.target = target.toAbsolutePath();
    this.temporary =
        this.target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  @Override
  public OutputStream open() throws IOException {
    requireAbsent();
    Path directory = target.getParent();
    if (!Files.exists(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    OutputStream stream = create();
    // For an end by a signal, which runs no finally block.
    temporary.toFile().deleteOnExit();
    return stream;
  }

  /** File systems that take no files, such as {@code /proc}, say so in an odd way. */
  private OutputStream create() throws IOException {
    try {
      return Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW);
    } catch (NoSuchFileException refused) {
      FileSystemException named =
          new FileSystemException(target.toString(), null, "no file can be made there");
      named.initCause(refused);
      throw named;
    }
  }

  @Override
  public void publish() throws IOException {
    requireAbsent();
    Files.move(temporary, target);
  }

  @Override
  public void discard() throws IOException {
    Files.deleteIfExists(temporary);
  }

  private void requireAbsent() throws FileAlreadyExistsException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }
}
