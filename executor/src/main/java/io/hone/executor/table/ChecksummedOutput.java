package io.hone.executor.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A new file, its length and CRC-32C taken on the way. It stays only if {@link #commit} returned;
 * closed before that, it is deleted.
 */
public final class ChecksummedOutput extends OutputStream {
  private final FileSystem fileSystem;
  private final Path file;
  private final FSDataOutputStream out;
  private final CRC32C crc = new CRC32C();
  private long length;
  private boolean committed;
  private boolean closed;

  private ChecksummedOutput(FileSystem fileSystem, Path file, FSDataOutputStream out) {
    this.fileSystem = fileSystem;
    this.file = file;
    this.out = out;
  }

  /** Fails if the file is there; makes its parents. */
  public static ChecksummedOutput create(FileSystem fileSystem, Path file) throws IOException {
    return new ChecksummedOutput(fileSystem, file, fileSystem.create(file, false));
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
    try {
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
      closed = true;
      out.close();
      committed = true;
    } catch (FSError e) {
      throw asIOException(e);
    } finally {
      if (!committed) {
        deleteQuietly();
      }
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
    deleteQuietly();
  }

  /** Bytes written so far. */
  public long length() {
    return length;
  }

  /** CRC-32C of the bytes written so far. */
  public int crc32c() {
    return (int) crc.getValue();
  }

  private void deleteQuietly() {
    try {
      fileSystem.delete(file, false);
    } catch (IOException e) {
      // What made the write fail is what the caller must hear of.
    }
  }

  /** Hadoop's local file system reports a full disk as an Error. */
  private static IOException asIOException(FSError e) {
    return e.getCause() instanceof IOException cause ? cause : new IOException(e);
  }
}
