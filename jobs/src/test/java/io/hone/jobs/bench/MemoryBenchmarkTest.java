package io.hone.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What it measures is tested with its command. */
class MemoryBenchmarkTest {

  /** spark-submit leaves its own class path as it is and loads jars beside it. */
  @Test
  void theClassPathHasWhatSparkSubmitAdds() throws Exception {
    Path jar = Path.of("a directory", "hone.jar").toAbsolutePath();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      assertThat(MemoryBenchmark.classPath(loader))
          .isEqualTo(System.getProperty("java.class.path") + File.pathSeparator + jar);
    }
    assertThat(MemoryBenchmark.classPath(ClassLoader.getPlatformClassLoader()))
        .isEqualTo(System.getProperty("java.class.path"));
  }
}
