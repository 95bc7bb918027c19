package io.hone.driver.run;

import io.hone.executor.table.HadoopFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Publishes by preparing a file under a name of its own, brought to the disk, and moving it.
 *
 * <p>Preparing comes before the fence. So a driver that takes a run over writes its epoch, revokes
 * what is prepared and then lists the commits: whatever its predecessor prepared in time is either
 * in that list or gone, and whatever it prepares later meets the fence.
 */
abstract class PreparedFiles implements Publisher {
  private static final String PREPARED = "_tmp";

  private final FileSystem fileSystem;

  PreparedFiles(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** Moves a file over the one that may be there. */
  abstract void moveOver(Path source, Path target) throws IOException;

  @Override
  public final void create(Path file, byte[] content, Fence fence) throws IOException {
    Path prepared = prepare(file, content);
    try {
      fence.check();
      move(prepared, file);
    } finally {
      fileSystem.delete(prepared, false);
    }
  }

  @Override
  public final void replace(Path file, byte[] content) throws IOException {
    Path prepared = prepare(file, content);
    try {
      moveOver(prepared, file);
    } finally {
      fileSystem.delete(prepared, false);
    }
  }

  @Override
  public final void revoke(Path directory) throws IOException {
    try {
      for (FileStatus prepared : fileSystem.listStatus(new Path(directory, PREPARED))) {
        fileSystem.delete(prepared.getPath(), false);
      }
    } catch (FileNotFoundException nothingPrepared) {
      return;
    }
  }

  private Path prepare(Path file, byte[] content) throws IOException {
    Path prepared =
        new Path(new Path(file.getParent(), PREPARED), file.getName() + "." + UUID.randomUUID());
    HadoopFiles.write(fileSystem, prepared, content);
    return prepared;
  }
}
