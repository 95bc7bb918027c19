package io.hone.executor.reward.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.executor.reward.metric.Bleu.Smoothing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

/** Values of sacrebleu for what its other golden file has not: odd characters, short texts. */
class SacrebleuGoldenTest {
  private static final Map<String, ToDoubleBiFunction<String, List<String>>> METRICS =
      Map.of(
          "bleu_exp", new Bleu(Smoothing.EXP, 1)::score,
          "bleu_add_half", new Bleu(Smoothing.ADD_K, 0.5)::score,
          "bleu_add_1", new Bleu(Smoothing.ADD_K, 1)::score,
          "bleu_none", new Bleu(Smoothing.NONE, 1)::score,
          "chrf", new Chrf(6, 0, 2)::best,
          "chrf_plus_plus", new Chrf(6, 2, 2)::best,
          "chrf_3_1_1", new Chrf(3, 1, 1)::best);

  @Test
  void everyScoreAgrees() throws IOException {
    JsonNode cases = GoldenResource.read("sacrebleu.json", "cases");
    assertThat(cases).hasSizeGreaterThan(50);
    for (JsonNode golden : cases) {
      String hypothesis = golden.get("hypothesis").asText();
      List<String> references = GoldenResource.texts(golden.get("references"));
      METRICS.forEach(
          (name, metric) ->
              assertThat(metric.applyAsDouble(hypothesis, references))
                  .as("%s of %s", name, golden)
                  .isBetween(0.0, 1.0)
                  .isCloseTo(golden.get(name).asDouble(), within(1e-9)));
    }
  }

  @Test
  void everyTokenAgrees() throws IOException {
    JsonNode cases = GoldenResource.read("sacrebleu.json", "tokens");
    assertThat(cases).hasSizeGreaterThan(100);
    for (JsonNode golden : cases) {
      assertThat(Tokens.of(Tokenizer.MTEVAL_13A, golden.get("text").asText()))
          .as(golden.toString())
          .isEqualTo(GoldenResource.texts(golden.get("tokens")));
    }
  }
}
