package io.hone.driver.run;

import io.hone.conf.UserException;
import io.hone.executor.table.HadoopFiles;
import io.hone.executor.table.StorageFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Compares files with what their manifest says. */
final class FileCheck {
  private final FileSystem fileSystem;
  private final RunLayout layout;

  FileCheck(FileSystem fileSystem, RunLayout layout) {
    this.fileSystem = fileSystem;
    this.layout = layout;
  }

  /** Whether the file is there in full length. */
  boolean isComplete(FileEntry file) {
    Optional<Long> length = length(file);
    return length.isPresent() && length.get() == file.length();
  }

  /**
   * Reads the file and compares length and CRC-32C.
   *
   * @throws UserException if it differs or is absent
   */
  void verify(FileEntry file, int step) {
    Optional<Long> length = length(file);
    if (length.isEmpty()) {
      throw damaged(file, step, "is missing");
    }
    if (length.get() != file.length()) {
      throw damaged(
          file, step, "has %d bytes, not the committed %d".formatted(length.get(), file.length()));
    }
    int crc32c = crc32c(file);
    if (crc32c != file.crc32c()) {
      HexFormat hex = HexFormat.of();
      throw damaged(
          file,
          step,
          "has CRC-32C %s, not the committed %s"
              .formatted(hex.toHexDigits(crc32c), hex.toHexDigits(file.crc32c())));
    }
  }

  private UserException damaged(FileEntry file, int step, String how) {
    Path checkpoint = layout.checkpoint(step);
    String fix =
        file.path().startsWith(layout.relative(checkpoint) + "/")
            ? "restore it, or delete %s to go on from the checkpoint before".formatted(checkpoint)
            : "restore it, or delete %s and all later commits to make these steps again"
                .formatted(layout.commit(step));
    return new UserException(
        "%s of step %d %s: %s".formatted(layout.absolute(file.path()), step, how, fix));
  }

  private Optional<Long> length(FileEntry file) {
    Path path = layout.absolute(file.path());
    try {
      return Optional.of(fileSystem.getFileStatus(path).getLen());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StorageFailures.cannotRead(path, e);
    }
  }

  private int crc32c(FileEntry file) {
    Path path = layout.absolute(file.path());
    try {
      return HadoopFiles.crc32c(fileSystem, path);
    } catch (IOException e) {
      throw StorageFailures.cannotRead(path, e);
    }
  }
}
