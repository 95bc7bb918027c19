package io.hone.jobs.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system in memory, small or read-only; making one takes a privilege that few have but
 * containers often give.
 */
final class SmallDisk implements AutoCloseable {
  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /**
   * Mounts one; skips the test where this process may not.
   *
   * @param directory to make and mount it on
   * @param size such as 2m
   * @param access ro or rw
   */
  static SmallDisk mount(Path directory, String size, String access) {
    try {
      Files.createDirectory(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    String options = "size=" + size + "," + access;
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()),
        "skipped: this process may not mount a small disk to fill");
    return new SmallDisk(directory);
  }

  Path directory() {
    return directory;
  }

  /** Gives it another size. */
  void resize(String size) {
    if (!run("mount", "-o", "remount,size=" + size, directory.toString())) {
      throw new AssertionError(directory + " could not be resized");
    }
  }

  @Override
  public void close() {
    if (!run("umount", directory.toString())) {
      throw new AssertionError(directory + " is still mounted: umount it");
    }
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
