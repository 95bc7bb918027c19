package io.hone.jobs.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The home that the build assembled, and what tests need beside it. */
final class EmbeddedHome {
  private static final Path ROOT =
      Path.of(System.getProperty("hone.root")).toAbsolutePath().normalize();
  private static final Path HOME = ROOT.resolve("jobs/target/hone");
  private static final Path WORK = ROOT.resolve("jobs/target/acceptance");

  private EmbeddedHome() {}

  /** A JVM on the home's class path, as {@code bin/hone} starts it. */
  static List<String> java(List<String> options, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("@" + ROOT.resolve("bin/jvm.options"));
    command.add("-Djava.io.tmpdir=" + temporary());
    command.addAll(List.of("-cp", HOME.resolve("jars") + "/*", mainClass));
    command.addAll(arguments);
    return command;
  }

  /** What {@code bin/hone} exports for loopback masters. */
  static Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        HOME.toString(),
        "SPARK_SCALA_VERSION",
        "2.13",
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        "SPARK_LOCAL_DIRS",
        temporary().toString());
  }

  /**
   * An empty directory under target/ for one test; what an earlier run of that test left is
   * deleted.
   */
  static Path workDirectory(String name) {
    Path directory = WORK.resolve(name);
    delete(directory);
    return created(directory);
  }

  /** The checkpoint that all tests here train; skips the test where the machine has none. */
  static Path model() {
    Path model = Path.of(System.getProperty("hone.models.dir"), "stories260K");
    assumeTrue(
        Files.isDirectory(model),
        () ->
            "skipped: "
                + model
                + " is absent (-Dhone.models.dir=DIR names a directory with stories260K)");
    return model;
  }

  /**
   * Where Spark and native libraries put their temporary files, which a killed process leaves
   * behind.
   */
  static Path temporary() {
    return created(WORK.resolve("tmp"));
  }

  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path created(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
