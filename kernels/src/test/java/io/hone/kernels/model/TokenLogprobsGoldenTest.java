package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.kernels.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Log-probabilities of small checkpoints of every family against transformers. */
class TokenLogprobsGoldenTest {
  private static final double TOLERANCE = 1e-4;

  @TestFactory
  Stream<DynamicTest> everyModel() throws Exception {
    return GoldenFiles.tests(
        () ->
            models().stream()
                .map(
                    model ->
                        DynamicTest.dynamicTest(
                            model.getFileName().toString(), () -> compare(model))));
  }

  private static List<Path> models() throws IOException {
    try (Stream<Path> models = Files.list(GoldenFiles.model("golden"))) {
      return models.sorted().toList();
    }
  }

  private static void compare(Path directory) {
    Path golden = directory.resolve("golden.safetensors");
    FloatBuffer expected = GoldenFiles.tensor(golden, "token_logprobs").asFloatBuffer();
    LongBuffer ids = GoldenFiles.tensor(golden, "input_ids").asLongBuffer();
    // One row more of ids than of log-probabilities: rows * length - rows * (length - 1) = rows.
    int rows = ids.remaining() - expected.remaining();
    int length = ids.remaining() / rows;
    List<int[]> inputs = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int[] input = new int[length];
      for (int i = 0; i < length; i++) {
        input[i] = (int) ids.get(row * length + i);
      }
      inputs.add(input);
    }
    // A shorter row in the same micro-batch: padding must not be seen.
    inputs.add(java.util.Arrays.copyOf(inputs.get(0), length / 3));

    Checkpoint checkpoint = Checkpoint.open(directory);
    try (LanguageModel model = TestModels.load(checkpoint)) {
      List<float[]> logprobs = model.tokenLogprobs(inputs, 1, 100_000);
      for (int row = 0; row < inputs.size(); row++) {
        int source = row % rows;
        assertThat(logprobs.get(row)).hasSize(inputs.get(row).length - 1);
        for (int i = 0; i < logprobs.get(row).length; i++) {
          assertThat(logprobs.get(row)[i])
              .as("row %d token %d", row, i)
              .isCloseTo(expected.get(source * (length - 1) + i), within((float) TOLERANCE));
        }
      }
    }
  }
}
