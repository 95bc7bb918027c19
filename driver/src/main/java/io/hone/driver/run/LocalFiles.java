package io.hone.driver.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Local disks, and shared ones that are mounted like them. A hard link is the one operation that
 * fails where something is, and that for one writer only.
 */
final class LocalFiles extends PreparedFiles {
  LocalFiles(FileSystem fileSystem) {
    super(fileSystem);
  }

  @Override
  public void move(Path source, Path target) throws IOException {
    java.nio.file.Path from = local(source);
    java.nio.file.Path to = local(target);
    Files.createDirectories(to.getParent());
    if (Files.isDirectory(from)) {
      moveDirectory(from, to);
    } else {
      moveFile(from, to);
    }
    sync(to.getParent());
  }

  /** The system replaces empty directories, of which we have none, and refuses all others. */
  private static void moveDirectory(java.nio.file.Path from, java.nio.file.Path to)
      throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (Files.exists(to)) {
        throw new FileAlreadyExistsException(to.toString());
      }
      throw e;
    }
  }

  private static void moveFile(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(to.toString());
    } catch (UnsupportedOperationException e) {
      throw new IOException("the file system has no hard links", e);
    }
    Files.delete(from);
  }

  @Override
  void moveOver(Path source, Path target) throws IOException {
    java.nio.file.Path to = local(target);
    Files.move(local(source), to, StandardCopyOption.ATOMIC_MOVE);
    sync(to.getParent());
  }

  static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  /** Brings a file, or the names in a directory, to the disk. */
  static void sync(java.nio.file.Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
