package io.hone.kernels.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
  private static final int NUMBERS = 16 << 20;
  private static final long BYTES = 4L * NUMBERS;

  /** What the JVM may take meanwhile, its heap included, and by how much Linux may miscount. */
  private static final long SLACK = 32 << 20;

  @TempDir private Path directory;

  @Test
  void seesPeaksThatAreGoneAgainAndForgetsThem() {
    assumeTrue(
        Files.exists(Path.of("/proc/self/clear_refs")), "no /proc/self/clear_refs on this system");
    ResidentMemory memory = new ResidentMemory();
    Backend backend = TorchScriptBackend.cpu();
    float[] values = new float[NUMBERS];
    assertThat(memory.rise(() -> backend.floats(values, NUMBERS).close()))
        .isBetween(BYTES - SLACK, BYTES + SLACK);
    assertThat(memory.rise(() -> {})).isLessThan(SLACK);
  }

  @Test
  void saysWhatASystemLacks() throws IOException {
    assertThatThrownBy(() -> new ResidentMemory(directory.resolve("absent")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("absent")
        .hasMessageContaining("clear_refs");

    Files.writeString(directory.resolve("status"), "Name:\tjava\nVmRSS:\t  12 kB\n");
    assertThatThrownBy(() -> new ResidentMemory(directory))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no VmHWM in status");
  }
}
