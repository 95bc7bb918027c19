package io.hone.kernels.checkpoint;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checkpoints of other implementations, from {@code hone.models.dir}. */
final class Golden {
  private Golden() {}

  static Path models() {
    Path directory = Path.of(System.getProperty("hone.models.dir", "../../shared/models"));
    assumeTrue(
        Files.isDirectory(directory),
        "No models in " + directory + "; set hone.models.dir to where they are");
    return directory;
  }

  /** Every directory below the models directory that has a config.json. */
  static List<Path> checkpoints() {
    try (Stream<Path> paths = Files.walk(models(), 3)) {
      return paths
          .filter(path -> path.endsWith("config.json"))
          .map(Path::getParent)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
