package io.hone.executor.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What every file of a run directory needs of Hadoop's file systems. */
public final class HadoopFiles {
  private static final int BUFFER = 1 << 16;

  private HadoopFiles() {}

  /**
   * The file system of a path; for local disks the one beneath Hadoop's checksums, which would
   * leave a hidden file beside each of ours that no other program keeps up to date.
   */
  public static FileSystem fileSystem(Path path, Configuration conf) throws IOException {
    FileSystem fileSystem = path.getFileSystem(conf);
    return fileSystem instanceof ChecksumFileSystem checked
        ? checked.getRawFileSystem()
        : fileSystem;
  }

  /** CRC-32C of the bytes of a file. */
  public static int crc32c(FileSystem fileSystem, Path file) throws IOException {
    try (InputStream in = fileSystem.open(file)) {
      return crc32c(in);
    }
  }

  /** CRC-32C of the bytes of a local file. */
  public static int crc32c(java.nio.file.Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return crc32c(in);
    }
  }

  /** CRC-32C of bytes. */
  public static int crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }

  private static int crc32c(InputStream in) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      crc.update(buffer, 0, n);
    }
    return (int) crc.getValue();
  }

  /** Writes a new file that is on the disk, not in a cache, once this returns; or leaves none. */
  public static void write(FileSystem fileSystem, Path file, byte[] content) throws IOException {
    try (ChecksummedOutput out = ChecksummedOutput.create(fileSystem, file)) {
      out.write(content);
      out.commit();
    }
  }
}
