package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hone.executor.reward.metric.GoldenResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sentence BLEU and chrF of sacrebleu, on solutions of GSM8K and corner cases. */
class BleuGoldenTest {
  private static final Map<String, String> SCORERS =
      Map.of(
          "bleu_exp", "type: bleu, smoothing: exp",
          "bleu_add1", "type: bleu",
          "bleu_none", "type: bleu, smoothing: none",
          "chrf", "type: chrf");

  @Test
  void everyColumnOfEveryCaseAgrees() throws IOException {
    Path file = Path.of(System.getProperty("hone.golden.dir", "../../shared/golden"), "bleu.json");
    assumeTrue(Files.exists(file), () -> file + " is absent: set -Dhone.golden.dir");
    JsonNode cases = new ObjectMapper().readTree(file.toFile()).get("cases");
    assertThat(cases).isNotEmpty();
    SCORERS.forEach(
        (column, options) -> {
          Scorer scorer = RewardYaml.scorer(options);
          for (JsonNode golden : cases) {
            Score score =
                scorer.score(
                    RewardYaml.answered(
                        golden.get("hypothesis").asText(),
                        GoldenResource.texts(golden.get("references"))));
            assertThat(score.value())
                .as("%s of %s (%s)", column, golden, score.reason())
                .isBetween(0.0, 1.0)
                .isCloseTo(golden.get(column).asDouble(), within(1e-6));
          }
        });
  }
}
