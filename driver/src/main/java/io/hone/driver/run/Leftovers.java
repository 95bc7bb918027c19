package io.hone.driver.run;

import io.hone.executor.table.StorageFailures;
import io.hone.executor.table.TaskOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What earlier drivers wrote and did not commit. Only the holder of the lease cleans, at its start,
 * and looks for the commit once more before each step that it takes away.
 */
final class Leftovers {
  private final FileSystem fileSystem;
  private final RunLayout layout;
  private final DriverLease lease;

  Leftovers(FileSystem fileSystem, RunLayout layout, DriverLease lease) {
    this.fileSystem = fileSystem;
    this.layout = layout;
    this.lease = lease;
  }

  /**
   * Deletes uncommitted steps and checkpoints, what is beside the last committed step, and what
   * exchanges left.
   */
  void clean(CommittedRun run) {
    lease.check();
    delete(fileSystem, layout.exchanges());
    for (Path directory : List.of(layout.steps(), layout.checkpoints())) {
      for (FileStatus entry : Listing.of(fileSystem, directory)) {
        int step = RunLayout.stepOf(entry.getPath().getName()).orElse(Integer.MAX_VALUE);
        if (step >= run.steps()) {
          deleteUncommitted(entry.getPath(), step);
        }
      }
    }
    if (run.steps() > 0) {
      cleanCommitted(run.manifest(run.steps() - 1));
    }
  }

  /** Deletes what is in the directory of a committed step and not in its manifest. */
  void cleanCommitted(Manifest manifest) {
    Set<Path> committed = new HashSet<>();
    manifest.files().forEach(file -> committed.add(layout.absolute(file.path())));
    Path step = layout.step(manifest.step());
    for (Path directory :
        List.of(step, layout.rollouts(manifest.step()), layout.advantages(manifest.step()))) {
      for (FileStatus entry : Listing.of(fileSystem, directory)) {
        boolean isTemporary = entry.getPath().getName().equals(TaskOutput.TEMPORARY);
        if (isTemporary || (entry.isFile() && !committed.contains(entry.getPath()))) {
          delete(fileSystem, entry.getPath());
        }
      }
    }
  }

  private void deleteUncommitted(Path path, int step) {
    lease.check();
    try {
      if (step == Integer.MAX_VALUE || !fileSystem.exists(layout.commit(step))) {
        delete(fileSystem, path);
      }
    } catch (IOException e) {
      throw StorageFailures.cannotRead(layout.commit(step), e);
    }
  }

  static void delete(FileSystem fileSystem, Path path) {
    try {
      fileSystem.delete(path, true);
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(path, e);
    }
  }
}
