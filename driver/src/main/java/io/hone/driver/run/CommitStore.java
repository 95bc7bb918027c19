package io.hone.driver.run;

import io.hone.conf.UserException;
import io.hone.executor.table.HadoopFiles;
import io.hone.executor.table.StorageFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Publishes files of a run directory so that of several writers one wins.
 *
 * <p>Hadoop's own {@code create(overwrite = false)} and {@code rename} do not promise that: on
 * local disks both of two writers can succeed. Each kind of file system has its own operation that
 * does; others are refused. An exception while publishing means that the outcome is not known: the
 * file is read again and compared, and nothing is ever cleaned up in its place.
 */
final class CommitStore {
  private final FileSystem fileSystem;
  private final Publisher publisher;

  CommitStore(FileSystem fileSystem, Publisher publisher) {
    this.fileSystem = fileSystem;
    this.publisher = publisher;
  }

  /**
   * @throws UserException if the file system of the path has no operation that one of several
   *     writers wins
   */
  static CommitStore of(Path root, Configuration conf) {
    String scheme = scheme(root, conf);
    try {
      return switch (scheme) {
        case "file" -> {
          FileSystem local = HadoopFiles.fileSystem(root, conf);
          yield new CommitStore(local, new LocalFiles(local));
        }
        case "hdfs" -> {
          FileSystem hdfs = HadoopFiles.fileSystem(root, conf);
          yield new CommitStore(hdfs, new HdfsFiles(hdfs, conf));
        }
        case "s3a" -> {
          FileSystem s3 = HadoopFiles.fileSystem(root, conf);
          yield new CommitStore(s3, new S3Objects(s3, root));
        }
        default ->
            throw new UserException(
                "run directory %s: %s: cannot commit steps safely (expected file:, hdfs: or s3a:)"
                    .formatted(root, scheme));
      };
    } catch (IOException e) {
      throw StorageFailures.cannotRead(root, e);
    }
  }

  private static String scheme(Path root, Configuration conf) {
    String scheme = root.toUri().getScheme();
    return scheme != null ? scheme : FileSystem.getDefaultUri(conf).getScheme();
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  /**
   * Makes a file appear with its whole content, unless there is one.
   *
   * @param content must say who wrote it: equal content counts as ours
   * @param fence checked as late as the file system allows; what it throws passes through
   * @throws UserException if the file was not published, or if nobody can tell
   */
  Publication publish(Path file, byte[] content, Fence fence) {
    try {
      publisher.create(file, content, fence);
      return Publication.PUBLISHED;
    } catch (IOException e) {
      Optional<byte[]> present = present(file, e);
      if (present.isEmpty()) {
        throw StorageFailures.cannotWrite(file, e);
      }
      return Arrays.equals(present.get(), content) ? Publication.PUBLISHED : Publication.TAKEN;
    }
  }

  private Optional<byte[]> present(Path file, IOException failure) {
    try {
      return readIfPresent(file);
    } catch (IOException e) {
      e.addSuppressed(failure);
      throw new UserException(
          "cannot tell whether "
              + file
              + " was published: it can neither be written nor read ("
              + e.getMessage()
              + "). Nothing was cleaned up; start again when the file system is back, and the run"
              + " goes on from whatever is there",
          e);
    }
  }

  /**
   * Moves a file or directory to where nothing is.
   *
   * @throws UserException if something is there, or the move failed
   */
  void move(Path source, Path target) {
    try {
      publisher.move(source, target);
    } catch (FileAlreadyExistsException e) {
      throw new UserException(
          target
              + " is there already, though its step is not committed: another driver is at work on"
              + " this run. Stop it and start again, or choose another run-dir",
          e);
    } catch (IOException e) {
      if (!arrived(source, target)) {
        throw StorageFailures.cannotWrite(target, e);
      }
    }
  }

  /** Whether a move that reported a failure happened all the same. */
  private boolean arrived(Path source, Path target) {
    try {
      return !fileSystem.exists(source) && fileSystem.exists(target);
    } catch (IOException e) {
      return false;
    }
  }

  /** Puts a file in place of the one that may be there; readers see the old or the new one. */
  void replace(Path file, byte[] content) {
    try {
      publisher.replace(file, content);
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(file, e);
    }
  }

  /** Makes sure that nothing prepared by a predecessor can still appear in a directory. */
  void revoke(Path directory) {
    try {
      publisher.revoke(directory);
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(directory, e);
    }
  }

  Optional<byte[]> readIfPresent(Path file) throws IOException {
    try (InputStream in = fileSystem.open(file)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
