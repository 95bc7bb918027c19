package io.hone.driver.run;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** A local disk that fails from the n-th operation of a kind on. */
public final class FaultyFileSystem extends RawLocalFileSystem {
  /** Stands for any kind of operation. */
  static final String ANY = "any";

  private static final AtomicInteger REMAINING = new AtomicInteger();
  private static volatile String kind = ANY;

  /** A configuration whose {@code file:} does so many operations less one before it fails. */
  static Configuration failing(String operation, int number) {
    kind = operation;
    REMAINING.set(number);
    Configuration conf = new Configuration(false);
    conf.set("fs.file.impl", FaultyFileSystem.class.getName());
    conf.setBoolean("fs.file.impl.disable.cache", true);
    return conf;
  }

  private static void operate(String operation) throws IOException {
    if ((kind.equals(ANY) || kind.equals(operation)) && REMAINING.decrementAndGet() <= 0) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    operate("open");
    return super.open(file, bufferSize);
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
    operate("create");
    Files.createDirectories(pathToFile(file.getParent()).toPath());
    return new FSDataOutputStream(
        new FailingOutput(
            Files.newOutputStream(pathToFile(file).toPath(), StandardOpenOption.CREATE_NEW)),
        null);
  }

  /** The first write and the close count as operations. */
  private static final class FailingOutput extends FilterOutputStream {
    private boolean written;

    FailingOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (!written) {
        operate("write");
        written = true;
      }
      out.write(bytes, offset, count);
    }

    @Override
    public void close() throws IOException {
      try {
        operate("close");
      } finally {
        super.close();
      }
    }
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    operate("delete");
    return super.delete(path, recursive);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    operate("list");
    return super.listStatus(path);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    operate("mkdirs");
    return super.mkdirs(path);
  }
}
