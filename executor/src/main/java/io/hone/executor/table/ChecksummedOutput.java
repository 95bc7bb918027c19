package io.hone.executor.table;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A new file, its length and CRC-32C taken on the way. It stays only if {@link #commit} or {@link
 * #keep()} returned; closed before that, it is deleted.
 */
public final class ChecksummedOutput extends OutputStream {
  private static final int BUFFER = 1 << 16;

  /** Brings what was written to the disk. */
  @FunctionalInterface
  private interface Sync {
    void run() throws IOException;
  }

  private final FileSystem fileSystem;
  private final Path file;
  private final OutputStream out;
  private final Sync sync;
  private final CRC32C crc = new CRC32C();
  private long length;
  private boolean closed;

  private ChecksummedOutput(FileSystem fileSystem, Path file, OutputStream out, Sync sync) {
    this.fileSystem = fileSystem;
    this.file = file;
    this.out = out;
    this.sync = sync;
  }

  /** Fails if the file is there; makes its parents. */
  public static ChecksummedOutput create(FileSystem fileSystem, Path file) throws IOException {
    // Hadoop starts a chmod process for each file that it creates on a local disk.
    return fileSystem.getClass() == RawLocalFileSystem.class
        ? createLocally(fileSystem, file)
        : createThroughHadoop(fileSystem, file);
  }

  private static ChecksummedOutput createLocally(FileSystem fileSystem, Path file)
      throws IOException {
    java.nio.file.Path path = java.nio.file.Path.of(file.toUri().getPath());
    Files.createDirectories(path.getParent());
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    return new ChecksummedOutput(fileSystem, file, out, () -> channel.force(true));
  }

  private static ChecksummedOutput createThroughHadoop(FileSystem fileSystem, Path file)
      throws IOException {
    FSDataOutputStream out = fileSystem.create(file, false);
    return new ChecksummedOutput(
        fileSystem,
        file,
        out,
        () -> {
          // Object stores have no way to, nor need one: closing does it.
          if (out.hasCapability(StreamCapabilities.HSYNC)) {
            out.hsync();
          }
        });
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    try {
      out.write(bytes, offset, count);
    } catch (FSError e) {
      throw asIOException(e);
    }
    crc.update(bytes, offset, count);
    length += count;
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (FSError e) {
      throw asIOException(e);
    }
  }

  /** Brings everything to the disk, where the file system can tell, and keeps the file. */
  public void commit() throws IOException {
    keep(sync);
  }

  /** Keeps the file without waiting for the disk: for what nobody needs after a crash. */
  public void keep() throws IOException {
    keep(() -> {});
  }

  private void keep(Sync last) throws IOException {
    try {
      out.flush();
      last.run();
      out.close();
      closed = true;
    } catch (FSError e) {
      throw asIOException(e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      out.close();
    } catch (IOException | FSError e) {
      // The file goes anyway.
    }
    try {
      fileSystem.delete(file, false);
    } catch (IOException e) {
      // What made the write fail is what the caller must hear of.
    }
  }

  /** Bytes written so far. */
  public long length() {
    return length;
  }

  /** CRC-32C of the bytes written so far. */
  public int crc32c() {
    return (int) crc.getValue();
  }

  /** Hadoop's local file system reports a full disk as an Error. */
  private static IOException asIOException(FSError e) {
    return e.getCause() instanceof IOException cause ? cause : new IOException(e);
  }
}
