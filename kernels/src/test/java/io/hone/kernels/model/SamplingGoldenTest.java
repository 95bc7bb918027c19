package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Filtered next-token distributions against the logits processors of transformers. */
class SamplingGoldenTest {

  @TestFactory
  Stream<DynamicTest> everyCase() throws Exception {
    return GoldenFiles.tests(
        () ->
            GoldenFiles.cases("sampling.json").stream()
                .map(
                    test ->
                        DynamicTest.dynamicTest(
                            test.get("params").toString(), () -> compare(test))));
  }

  private static void compare(JsonNode test) {
    Backend backend = TorchScriptBackend.cpu();
    JsonNode logits = test.get("logits");
    int rows = logits.size();
    int vocabulary = logits.get(0).size();
    float[] flat = new float[rows * vocabulary];
    int length = test.get("previous_ids").get(0).size();
    long[] previous = new long[rows * length];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(GoldenFiles.floats(logits.get(row)), 0, flat, row * vocabulary, vocabulary);
      for (int i = 0; i < length; i++) {
        previous[row * length + i] = test.get("previous_ids").get(row).get(i).asLong();
      }
    }
    try (ProgramCall call = new ProgramCall(backend, "sampling_probabilities")) {
      SamplingInputs.add(call, settings(test.get("params")));
      call.floats("logits", flat, rows, vocabulary)
          .longs("previous_ids", previous, rows, length)
          .run();
      float[] probabilities = call.output("probabilities").floats();
      for (int row = 0; row < rows; row++) {
        for (int token = 0; token < vocabulary; token++) {
          assertThat((double) probabilities[row * vocabulary + token])
              .as("row %d token %d", row, token)
              .isCloseTo(test.get("probabilities").get(row).get(token).asDouble(), within(1e-5));
        }
      }
    }
  }

  private static SamplingSettings settings(JsonNode params) {
    return new SamplingSettings(
        (float) params.get("temperature").asDouble(),
        params.get("top_k").asInt(),
        (float) params.get("top_p").asDouble(),
        (float) params.get("min_p").asDouble(),
        (float) params.get("repetition_penalty").asDouble(),
        1,
        new int[0],
        1);
  }
}
