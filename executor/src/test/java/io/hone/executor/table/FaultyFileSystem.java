package io.hone.executor.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** A local disk with room for so many more bytes. */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final AtomicLong ROOM = new AtomicLong();

  /** A configuration whose {@code file:} has room for so many bytes. */
  static Configuration withRoomFor(long bytes) {
    ROOM.set(bytes);
    Configuration conf = new Configuration(false);
    conf.set("fs.file.impl", FaultyFileSystem.class.getName());
    conf.setBoolean("fs.file.impl.disable.cache", true);
    return conf;
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
    Files.createDirectories(pathToFile(file.getParent()).toPath());
    return limited(Files.newOutputStream(pathToFile(file).toPath(), StandardOpenOption.CREATE_NEW));
  }

  private static FSDataOutputStream limited(OutputStream out) throws IOException {
    OutputStream limited =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int count) throws IOException {
            if (ROOM.addAndGet(-count) < 0) {
              throw new IOException("No space left on device");
            }
            out.write(bytes, offset, count);
          }

          @Override
          public void close() throws IOException {
            out.close();
          }
        };
    return new FSDataOutputStream(limited, null);
  }
}
