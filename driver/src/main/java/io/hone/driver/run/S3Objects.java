package io.hone.driver.run;

import io.hone.conf.UserException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * S3, whose objects appear whole and, on request, only where none was.
 *
 * <p>Renames copy, here: a move is not atomic, and two drivers that both moved something to the
 * same place would both succeed. Manifests say what must have arrived. The fence is checked right
 * before the request, so that a driver held up for half a minute in between can still publish.
 */
final class S3Objects implements Publisher {
  private static final String CONDITIONAL =
      CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

  private final FileSystem fileSystem;

  /**
   * @throws UserException if the store does not know conditional requests
   */
  S3Objects(FileSystem fileSystem, Path root) throws IOException {
    this.fileSystem = fileSystem;
    if (!fileSystem.hasPathCapability(root, CONDITIONAL)) {
      throw new UserException(
          "run directory "
              + root
              + ": the store has no conditional creation, so that two drivers could both commit a"
              + " step (expected fs.s3a.create.conditional.enabled = true and a store that supports"
              + " If-None-Match; or use hdfs: or a local disk)");
    }
  }

  @Override
  public void create(Path file, byte[] content, Fence fence) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder =
        fileSystem.createFile(file).overwrite(true).recursive();
    builder.must(CONDITIONAL, true);
    fence.check();
    FSDataOutputStream out = builder.build();
    try {
      out.write(content);
    } catch (IOException e) {
      // Closing is what publishes.
      out.abort();
      throw e;
    }
    out.close();
  }

  @Override
  public void move(Path source, Path target) throws IOException {
    if (fileSystem.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    fileSystem.mkdirs(target.getParent());
    if (!fileSystem.rename(source, target)) {
      throw new IOException("rename from " + source + " to " + target + " was refused");
    }
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(file, true)) {
      out.write(content);
    }
  }

  @Override
  public void revoke(Path directory) {
    // Nothing is prepared.
  }
}
