package io.hone.jobs.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** On a file system of Hadoop's; its rename without overwriting is atomic on HDFS. */
final class HadoopDestination implements Destination {
  private final FileContext files;
  private final Path target;
  private final Path temporary;

  HadoopDestination(Path target, Configuration conf) throws IOException {
    this.files = FileContext.getFileContext(target.toUri(), conf);
    this.target = files.makeQualified(target);
    this.temporary =
        new Path(
            this.target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".tmp");
  }

  @Override
  public OutputStream open() throws IOException {
    requireAbsent();
    if (!files.util().exists(target.getParent())) {
      throw new NoSuchFileException(target.getParent().toString());
    }
    OutputStream stream = files.create(temporary, EnumSet.of(CreateFlag.CREATE));
    files.deleteOnExit(temporary);
    return stream;
  }

  @Override
  public void publish() throws IOException {
    try {
      files.rename(temporary, target, Options.Rename.NONE);
    } catch (FileAlreadyExistsException taken) {
      throw alreadyExists(taken);
    }
  }

  @Override
  public void discard() throws IOException {
    if (files.util().exists(temporary)) {
      files.delete(temporary, false);
    }
  }

  private void requireAbsent() throws IOException {
    if (files.util().exists(target)) {
      throw alreadyExists(null);
    }
  }

  private IOException alreadyExists(IOException cause) {
    IOException taken = new java.nio.file.FileAlreadyExistsException(target.toString());
    taken.initCause(cause);
    return taken;
  }
}
