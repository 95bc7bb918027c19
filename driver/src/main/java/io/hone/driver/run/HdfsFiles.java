package io.hone.driver.run;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** HDFS, whose name node renames in one go and fails where something is. */
final class HdfsFiles extends PreparedFiles {
  private final FileSystem fileSystem;
  private final FileContext context;

  HdfsFiles(FileSystem fileSystem, Configuration conf) throws IOException {
    super(fileSystem);
    this.fileSystem = fileSystem;
    this.context = FileContext.getFileContext(fileSystem.getUri(), conf);
  }

  @Override
  public void move(Path source, Path target) throws IOException {
    fileSystem.mkdirs(target.getParent());
    context.rename(source, target);
  }

  @Override
  void moveOver(Path source, Path target) throws IOException {
    context.rename(source, target, Options.Rename.OVERWRITE);
  }
}
