package io.hone.executor.reward.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OverlapTest {
  @Test
  void hasTheGoldenValues() throws IOException {
    JsonNode cases = GoldenResource.read("rouge.json", "cases");
    assertThat(cases).hasSizeGreaterThan(30);
    for (JsonNode golden : cases) {
      Vocabulary vocabulary = new Vocabulary();
      int[] text = Tokenizer.ASCII_WORDS.ids(golden.get("hypothesis").asText(), vocabulary);
      int[] reference = Tokenizer.ASCII_WORDS.ids(golden.get("reference").asText(), vocabulary);

      assertAgrees(Overlap.ofNgrams(text, reference, 1), golden, "rouge1");
      assertAgrees(Overlap.ofNgrams(text, reference, 2), golden, "rouge2");
      assertAgrees(Overlap.ofSubsequence(Alignment.of(text, reference)), golden, "rougeL");
    }
  }

  private static void assertAgrees(Overlap overlap, JsonNode golden, String variant) {
    double[] found = {overlap.precision(), overlap.recall(), overlap.f1()};
    for (int measure = 0; measure < found.length; measure++) {
      assertThat(found[measure])
          .as("%s of %s", variant, golden)
          .isCloseTo(golden.get(variant).get(measure).asDouble(), within(1e-12));
    }
  }
}
