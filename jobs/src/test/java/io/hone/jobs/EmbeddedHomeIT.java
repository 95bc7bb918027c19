package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The assembled home: what a user's class path is, whatever Maven's was. */
class EmbeddedHomeIT {
  private static final Path HOME = Path.of(System.getProperty("hone.root"), "jobs/target/hone");
  private static final Pattern NAME =
      Pattern.compile("(.+?)-(\\d[^-]*(?:-jre|-GA|-incubating)?)((?:-[A-Za-z].*)?)\\.jar");

  @Test
  void jarsHoldOneVersionOfEachArtifact() throws IOException {
    Map<String, TreeSet<String>> versions = new TreeMap<>();
    try (Stream<Path> jars = Files.list(HOME.resolve("jars"))) {
      for (Path jar : jars.toList()) {
        Matcher name = NAME.matcher(jar.getFileName().toString());
        if (name.matches()) {
          versions
              .computeIfAbsent(name.group(1) + name.group(3), artifact -> new TreeSet<>())
              .add(name.group(2));
        }
      }
    }
    assertThat(versions).hasSizeGreaterThan(150);
    assertThat(versions).allSatisfy((artifact, found) -> assertThat(found).as(artifact).hasSize(1));
  }

  /**
   * DJL finds its engine and the JNI library by these; Spark's Kryo 4 must be the only Kryo of its
   * package.
   */
  @Test
  void theVersionsThatMustAgreeDo() throws IOException {
    assertThat(versionOf("kryo-shaded")).isEqualTo("4.0.3");
    assertThat(HOME.resolve("jars")).isDirectoryNotContaining("glob:**/kryo-5*.jar");
    assertThat(versionOf("protobuf-java")).isEqualTo("4.33.0");
  }

  @Test
  void honeJarHoldsOurClassesOnly() throws IOException {
    try (JarFile jar = new JarFile(HOME.resolve("hone.jar").toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
          .isNotEmpty()
          .allMatch(name -> name.startsWith("io/hone/"));
    }
  }

  /** lib/ is added to a Spark installation: nothing of Spark's own may come twice. */
  @Test
  void libHoldsNothingThatSparkBrings() throws IOException {
    try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .isNotEmpty()
          .noneMatch(
              name ->
                  name.matches(
                      "(spark|hadoop|scala|jackson-(core|databind|annotations)|slf4j|log4j|netty|kryo|guava|gson|parquet|commons)-.*"));
    }
  }

  /**
   * The jar that Maven's compile scope leaves out, without which no Parquet file can be written.
   */
  @Test
  void jarsHoldWhatIsNeededAtRunTimeOnly() throws IOException {
    assertThat(versionOf("parquet-jackson")).isEqualTo(versionOf("parquet-hadoop"));
  }

  private static String versionOf(String artifact) throws IOException {
    try (Stream<Path> jars = Files.list(HOME.resolve("jars"))) {
      return jars.map(jar -> NAME.matcher(jar.getFileName().toString()))
          .filter(name -> name.matches() && name.group(1).equals(artifact))
          .map(name -> name.group(2))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no jar of " + artifact));
    }
  }
}
