package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Greedy continuations of a real checkpoint against those of the llama2.c program. */
class GenerateGoldenTest {
  @Test
  void everyPromptOfStories() throws Exception {
    Path directory = GoldenFiles.model("stories260K");
    Checkpoint checkpoint = Checkpoint.open(directory);
    List<JsonNode> cases = new ArrayList<>();
    GoldenFiles.read(directory.resolve("golden.json")).forEach(cases::add);
    try (Tokenizer tokenizer = Tokenizer.open(directory, checkpoint.architecture());
        LanguageModel model = TestModels.load(checkpoint)) {
      List<int[]> prompts =
          cases.stream().map(test -> tokenizer.encode(test.get("prompt").asText())).toList();
      List<SequenceKey> keys =
          IntStream.range(0, prompts.size()).mapToObj(i -> new SequenceKey(i, 0)).toList();
      List<Completion> completions =
          model.generate(
              prompts, keys, new SamplingSettings(0, 0, 1, 0, 1, 256, new int[] {1, 2}, 4));
      for (int i = 0; i < cases.size(); i++) {
        int[] completion = completions.get(i).tokenIds();
        int[] ids = Arrays.copyOf(prompts.get(i), prompts.get(i).length + completion.length);
        System.arraycopy(completion, 0, ids, prompts.get(i).length, completion.length);
        assertThat(tokenizer.decode(ids, true))
            .startsWith(cases.get(i).get("greedy_text").asText());
      }
    }
  }
}
