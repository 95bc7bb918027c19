package io.hone.kernels.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/** Reference numbers and checkpoints of other implementations; tests skip where they are absent. */
final class GoldenFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenFiles() {}

  /**
   * The tests that a supplier makes or, where its files are absent, one skipped test that says so:
   * an assumption that fails while tests are being made would leave no trace in the report.
   */
  static Stream<DynamicTest> tests(Callable<Stream<DynamicTest>> supplier) throws Exception {
    try {
      return supplier.call();
    } catch (TestAbortedException e) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "reference numbers",
              () -> {
                throw e;
              }));
    }
  }

  /** The cases of a file of reference numbers. */
  static List<JsonNode> cases(String file) {
    Path path = directory("hone.golden.dir").resolve(file);
    assumeTrue(Files.exists(path), () -> path + " is absent");
    List<JsonNode> cases = new ArrayList<>();
    read(path).get("cases").forEach(cases::add);
    return cases;
  }

  static Path model(String name) {
    Path path = directory("hone.models.dir").resolve(name);
    assumeTrue(Files.exists(path), () -> path + " is absent");
    return path;
  }

  static JsonNode read(Path path) {
    try {
      return JSON.readTree(path.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The content of one tensor of a safetensors file. */
  static ByteBuffer tensor(Path file, String name) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      int header = Math.toIntExact(bytes.getLong(0));
      JsonNode entry =
          JSON.readTree(new String(bytes.array(), 8, header, StandardCharsets.UTF_8)).get(name);
      int begin = entry.get("data_offsets").get(0).asInt();
      int end = entry.get("data_offsets").get(1).asInt();
      return bytes.slice(8 + header + begin, end - begin).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers.get(i).asDouble();
    }
    return values;
  }

  private static Path directory(String property) {
    String value = System.getProperty(property);
    assumeTrue(value != null, () -> "the system property " + property + " is not set");
    return Path.of(value);
  }
}
