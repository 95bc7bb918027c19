package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.conf.LossConfig.Aggregation;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Mean entropy of next-token distributions against verl. */
class EntropyGoldenTest {

  @TestFactory
  Stream<DynamicTest> everyCase() throws Exception {
    return GoldenFiles.tests(
        () ->
            GoldenFiles.cases("algorithms.json").stream()
                .filter(test -> test.get("kind").asText().equals("entropy"))
                .map(
                    test ->
                        DynamicTest.dynamicTest(
                            test.get("params").toString(), () -> compare(test))));
  }

  private static void compare(JsonNode test) {
    JsonNode logits = test.get("inputs").get("logits");
    JsonNode mask = test.get("inputs").get("response_mask");
    int vocabulary = logits.get(0).get(0).size();
    int count = 0;
    float[] flat = new float[logits.size() * logits.get(0).size() * vocabulary];
    for (int row = 0; row < mask.size(); row++) {
      for (int i = 0; i < mask.get(row).size(); i++) {
        if (mask.get(row).get(i).asDouble() != 0) {
          float[] values = GoldenFiles.floats(logits.get(row).get(i));
          System.arraycopy(values, 0, flat, count * vocabulary, vocabulary);
          count++;
        }
      }
    }
    LossSettings loss = LossSettings.supervised(Aggregation.TOKEN_MEAN, count, 1);
    LossTokens tokens =
        new LossTokens(
            new long[count],
            new long[count],
            new float[count],
            new float[0],
            new float[0],
            new float[0],
            new float[0],
            new long[count],
            1);
    Backend backend = TorchScriptBackend.cpu();
    try (ProgramCall call = new ProgramCall(backend, "logits_loss")) {
      LossInputs.add(call, loss);
      tokens.add(call);
      call.floats("logits", java.util.Arrays.copyOf(flat, count * vocabulary), count, vocabulary)
          .run();
      LossStatistics statistics =
          LossStatistics.of(
              count, 0, 0, call.output("sums").doubles(), call.output("maxima").doubles());
      double expected = test.get("outputs").get("loss").asDouble();
      assertThat(statistics.entropy() / count)
          .isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
    }
  }
}
