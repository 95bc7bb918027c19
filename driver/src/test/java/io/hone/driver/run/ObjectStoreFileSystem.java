package io.hone.driver.run;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * Speaks the part of S3A's contract that commits rely on, over a local directory: an object appears
 * whole when its stream is closed, and with the conditional option only where none is.
 */
public final class ObjectStoreFileSystem extends RawLocalFileSystem {
  private static final String CONDITIONAL =
      CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;
  private static final String ENABLED = "test.conditional";
  private static final String ROOT = "test.root";

  /** Requests until one is done but its answer is lost; 0 for none. */
  static final AtomicInteger ANSWERS_UNTIL_ONE_IS_LOST = new AtomicInteger();

  private java.nio.file.Path root;

  static Configuration over(java.nio.file.Path root, boolean conditional) {
    Configuration conf = new Configuration(false);
    conf.set("fs.s3a.impl", ObjectStoreFileSystem.class.getName());
    conf.setBoolean("fs.s3a.impl.disable.cache", true);
    conf.setBoolean(ENABLED, conditional);
    conf.set(ROOT, root.toString());
    return conf;
  }

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    root = java.nio.file.Path.of(conf.get(ROOT));
  }

  @Override
  public URI getUri() {
    return URI.create("s3a://bucket/");
  }

  @Override
  public java.io.File pathToFile(Path path) {
    return root.resolve(path.toUri().getPath().substring(1)).toFile();
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    FileStatus status = super.getFileStatus(path);
    return new FileStatus(
        status.getLen(), status.isDirectory(), 1, 1, status.getModificationTime(), path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    String[] names = pathToFile(path).list();
    if (names == null) {
      throw new FileNotFoundException(path.toString());
    }
    FileStatus[] statuses = new FileStatus[names.length];
    for (int i = 0; i < names.length; i++) {
      statuses[i] = getFileStatus(new Path(path, names[i]));
    }
    return statuses;
  }

  @Override
  protected void checkPath(Path path) {}

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    return capability.equals(CONDITIONAL)
        ? getConf().getBoolean(ENABLED, false)
        : super.hasPathCapability(path, capability);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return new FSDataOutputStream(new Upload(file, false), null);
  }

  @Override
  public FSDataOutputStreamBuilder<?, ?> createFile(Path file) {
    return new Builder(file);
  }

  private final class Builder extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {
    private final Path file;

    Builder(Path file) {
      super(ObjectStoreFileSystem.this, file);
      this.file = file;
    }

    @Override
    public Builder getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      boolean conditional =
          getMandatoryKeys().contains(CONDITIONAL) && getOptions().getBoolean(CONDITIONAL, false);
      return new FSDataOutputStream(new Upload(file, conditional), null);
    }
  }

  private final class Upload extends ByteArrayOutputStream implements Abortable {
    private final Path file;
    private final boolean conditional;
    private boolean closed;

    Upload(Path file, boolean conditional) {
      this.file = file;
      this.conditional = conditional;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      java.nio.file.Path target = pathToFile(file).toPath();
      Files.createDirectories(target.getParent());
      java.nio.file.Path uploaded = Files.createTempFile(root, "upload", "");
      Files.write(uploaded, toByteArray());
      try {
        if (conditional) {
          Files.createLink(target, uploaded);
        } else {
          Files.copy(uploaded, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
      } catch (FileAlreadyExistsException e) {
        throw new IOException("PUT: 412 precondition failed", e);
      } finally {
        Files.delete(uploaded);
      }
      if (ANSWERS_UNTIL_ONE_IS_LOST.getAndDecrement() == 1) {
        throw new IOException("PUT: connection reset");
      }
    }

    @Override
    public AbortableResult abort() {
      closed = true;
      return null;
    }
  }
}
