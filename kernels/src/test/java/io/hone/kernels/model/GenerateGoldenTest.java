package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import io.hone.kernels.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Greedy continuations of a real checkpoint against those of the llama2.c program. */
class GenerateGoldenTest {
  private static final Map<String, String> TOKENIZER_OPTIONS =
      Map.of(
          "truncation", "false",
          "padding", "false",
          "addSpecialTokens", "true",
          "modelMaxLength", "1000000");

  @Test
  void everyPromptOfStories() throws Exception {
    Path directory = GoldenFiles.model("stories260K");
    Checkpoint checkpoint = Checkpoint.open(directory);
    List<JsonNode> cases = new ArrayList<>();
    GoldenFiles.read(directory.resolve("golden.json")).forEach(cases::add);
    try (HuggingFaceTokenizer tokenizer =
            HuggingFaceTokenizer.newInstance(
                directory.resolve("tokenizer.json"), TOKENIZER_OPTIONS);
        LanguageModel model = TestModels.load(checkpoint)) {
      List<int[]> prompts =
          cases.stream()
              .map(test -> tokenizer.encode(test.get("prompt").asText()).getIds())
              .map(ids -> Arrays.stream(ids).mapToInt(Math::toIntExact).toArray())
              .toList();
      List<SequenceKey> keys =
          IntStream.range(0, prompts.size()).mapToObj(i -> new SequenceKey(i, 0)).toList();
      List<Completion> completions =
          model.generate(
              prompts, keys, new SamplingSettings(0, 0, 1, 0, 1, 256, new int[] {1, 2}, 4));
      for (int i = 0; i < cases.size(); i++) {
        long[] ids =
            LongStream.concat(widened(prompts.get(i)), widened(completions.get(i).tokenIds()))
                .toArray();
        assertThat(tokenizer.decode(ids, true))
            .startsWith(cases.get(i).get("greedy_text").asText());
      }
    }
  }

  private static LongStream widened(int[] ids) {
    return Arrays.stream(ids).asLongStream();
  }
}
