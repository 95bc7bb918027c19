package io.hone.jobs.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that is gone, with all that is in it, when closed. */
public record TemporaryDirectory(Path path) implements AutoCloseable {

  /** A new one, where this machine keeps such. */
  public static TemporaryDirectory create() {
    try {
      return new TemporaryDirectory(Files.createTempDirectory("hone-bench"));
    } catch (IOException failure) {
      throw new UncheckedIOException("no temporary directory could be made", failure);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> found = Files.walk(path)) {
      for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(path + ": cannot be removed", failure);
    }
  }
}
