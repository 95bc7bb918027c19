package io.hone.kernels.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class TorchScriptBackendTest {
  private final Backend backend = TorchScriptBackend.cpu();

  @Test
  void writesAndReadsPartsOfAFlatTensor() {
    try (Tensor flat = backend.zeros(10);
        ProgramCall write = new ProgramCall(backend, "write");
        ProgramCall read = new ProgramCall(backend, "read")) {
      write
          .with("flat", flat)
          .floats("values", new float[] {1, 2, 3}, 3)
          .integer("offset", 4)
          .run();
      assertThat(flat.floats()).containsExactly(0, 0, 0, 0, 1, 2, 3, 0, 0, 0);
      read.with("flat", flat).integer("offset", 5).integer("length", 3).run();
      assertThat(read.output("values").floats()).containsExactly(2, 3, 0);
      assertThat(read.output("values").shape()).containsExactly(3);
    }
  }

  @Test
  void keepsValuesAndShapesOfEveryType() {
    try (Tensor floats = backend.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Tensor doubles = backend.doubles(new double[] {0.1});
        Tensor longs = backend.longs(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 2);
        Tensor empty = backend.longs(new long[0], 0)) {
      assertThat(floats.shape()).containsExactly(2, 3);
      assertThat(floats.floats()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(doubles.shape()).isEmpty();
      assertThat(doubles.doubles()).containsExactly(0.1);
      assertThat(longs.longs()).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
      assertThat(empty.longs()).isEmpty();
      assertThatThrownBy(floats::longs)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("float32")
          .hasMessageContaining("int64");
    }
  }

  @Test
  void aFailedProgramIsAnExceptionWithItsTrace() {
    try (ProgramCall call = new ProgramCall(backend, "write")) {
      call.floats("values", new float[] {1}, 1);
      assertThatThrownBy(call::run)
          .isInstanceOf(ProgramException.class)
          .hasMessageContaining("Program write failed")
          .hasMessageContaining("offset");
    }
  }

  @Test
  void refusesUnknownProgramsAndWrongShapes() {
    assertThatThrownBy(() -> backend.program("dance"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dance")
        .hasMessageContaining("generate");
    assertThatThrownBy(() -> backend.floats(new float[3], 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 values")
        .hasMessageContaining("(2, 2)");
  }

  @Test
  void archivesAreStoredAndTheSameEveryTime() throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("b", "def f(x: Tensor) -> Tensor:\n  return x\n");
    sources.put("a", "");
    byte[] archive = TorchScriptArchive.pack(sources);
    assertThat(TorchScriptArchive.pack(Map.copyOf(sources))).isEqualTo(archive);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    assertThat(entries)
        .containsOnlyKeys(
            "hone/code/__torch__/a.py",
            "hone/code/__torch__/b.py",
            "hone/constants.pkl",
            "hone/data.pkl",
            "hone/version");
    assertThat(
            new String(
                entries.get("hone/code/__torch__/b.py"), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(sources.get("b"));
  }
}
