package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Log-probabilities of small random models against those of transformers. */
class LogprobsGoldenTest {
  private static final Path MODELS =
      Path.of(System.getProperty("hone.models.dir", "absent"), "golden");

  @TempDir private Path directory;

  static List<String> models() throws IOException {
    if (!Files.isDirectory(MODELS)) {
      return List.of("absent");
    }
    try (Stream<Path> models = Files.list(MODELS)) {
      return models.map(model -> model.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void logprobsAreTheGoldenOnes(String name) throws IOException {
    Path model = MODELS.resolve(name);
    assumeTrue(Files.isDirectory(model), () -> model + " is absent (set -Dhone.models.dir)");
    Golden golden = Golden.read(model.resolve("golden.safetensors"));
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < golden.rows(); row++) {
      rows.add("{\"id\":" + row + ",\"token_ids\":" + golden.inputIds(row) + "}");
    }
    Path input = Files.write(directory.resolve("input.jsonl"), rows);
    Path output = directory.resolve("output.jsonl");
    CommandRun run =
        CommandRun.of("logprobs", "--model", model, "--input", input, "--output", output);
    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> computed = JsonFiles.rows(output);
    assertThat(computed).hasSize(golden.rows());
    for (int row = 0; row < golden.rows(); row++) {
      JsonNode logprobs = computed.get(row).get("logprobs");
      float[] expected = golden.logprobs(row);
      assertThat(logprobs).hasSize(expected.length);
      for (int i = 0; i < expected.length; i++) {
        assertThat(logprobs.get(i).doubleValue())
            .as("row " + row + " token " + (i + 1))
            .isCloseTo(expected[i], within(1e-4));
      }
    }
  }

  /** The golden file, read without Hone. */
  private record Golden(JsonNode header, ByteBuffer data) {
    static Golden read(Path file) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] header = new byte[(int) bytes.getLong()];
      bytes.get(header);
      return new Golden(
          new ObjectMapper().readTree(header), bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    int rows() {
      return header.get("input_ids").get("shape").get(0).intValue();
    }

    List<Long> inputIds(int row) {
      List<Long> ids = new ArrayList<>();
      int columns = columns("input_ids", "I64");
      for (int i = 0; i < columns; i++) {
        ids.add(data.getLong(start("input_ids") + Long.BYTES * (row * columns + i)));
      }
      return ids;
    }

    float[] logprobs(int row) {
      float[] logprobs = new float[columns("token_logprobs", "F32")];
      for (int i = 0; i < logprobs.length; i++) {
        logprobs[i] =
            data.getFloat(start("token_logprobs") + Float.BYTES * (row * logprobs.length + i));
      }
      return logprobs;
    }

    private int start(String tensor) {
      return header.get(tensor).get("data_offsets").get(0).intValue();
    }

    private int columns(String tensor, String type) {
      assertThat(header.get(tensor).get("dtype").textValue()).isEqualTo(type);
      return header.get(tensor).get("shape").get(1).intValue();
    }
  }
}
