package io.hone.driver.run;

import io.hone.conf.UserException;
import io.hone.executor.table.StorageFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Where a run directory is, or will be. */
record RunLocation(CommitStore store, RunLayout layout) {
  /**
   * @throws UserException if it is no address, or one of a file system that is not fit for runs
   */
  static RunLocation of(String location, Configuration conf) {
    Path path;
    try {
      path = new Path(location);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "run directory \"%s\": %s (expected a path, or an address such as hdfs://host/path)"
              .formatted(location, e.getMessage()),
          e);
    }
    CommitStore store = CommitStore.of(path, conf);
    return new RunLocation(store, new RunLayout(store.fileSystem().makeQualified(path)));
  }

  /**
   * @throws UserException if something other than a run is there, or nothing
   */
  void requireRun() {
    if (!isRun()) {
      throw new UserException(
          "there is no run in %s (expected a directory that hone train made)"
              .formatted(layout.root()));
    }
  }

  /**
   * @throws UserException if something other than a run is there
   */
  void requireRunOrNothing() {
    Optional<FileStatus> root = status(layout.root());
    boolean isFree =
        root.isEmpty()
            || isRun()
            || (root.get().isDirectory()
                && Listing.of(store.fileSystem(), layout.root()).isEmpty());
    if (!isFree) {
      throw new UserException(
          "%s exists and is not a run directory (expected a run to go on with, an empty directory or a new one): choose another run-dir"
              .formatted(layout.root()));
    }
  }

  /** The directory of drivers is the first thing that a run makes. */
  private boolean isRun() {
    return status(layout.drivers()).isPresent();
  }

  private Optional<FileStatus> status(Path path) {
    try {
      return Optional.of(store.fileSystem().getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StorageFailures.cannotRead(path, e);
    }
  }
}
