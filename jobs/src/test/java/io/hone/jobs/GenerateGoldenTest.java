package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Greedy continuations of a pretrained model against those of its C program. */
class GenerateGoldenTest {
  private static final Path MODEL =
      Path.of(System.getProperty("hone.models.dir", "absent"), "stories260K");

  @TempDir private Path directory;

  @Test
  void promptAndCompletionAreTheGoldenText() throws IOException {
    Path golden = MODEL.resolve("golden.json");
    assumeTrue(Files.exists(golden), () -> golden + " is absent (set -Dhone.models.dir)");
    JsonNode cases = JsonFiles.tree(golden);
    List<String> rows = new ArrayList<>();
    for (JsonNode each : cases) {
      rows.add(JsonFiles.line(Map.of("prompt", each.get("prompt"))));
    }
    Path prompts = Files.write(directory.resolve("prompts.jsonl"), rows);
    Path output = directory.resolve("output.jsonl");
    CommandRun run =
        CommandRun.of(
            "generate",
            "--model",
            MODEL,
            "--prompts",
            prompts,
            "--output",
            output,
            "--temperature",
            0,
            "--max-new-tokens",
            256);
    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> generated = JsonFiles.rows(output);
    assertThat(generated).hasSize(cases.size());
    for (int i = 0; i < cases.size(); i++) {
      String text =
          generated.get(i).get("prompt").textValue()
              + generated.get(i).get("completion").textValue();
      String expected = cases.get(i).get("greedy_text").textValue();
      assertThat(text).as("case " + i).hasSizeGreaterThanOrEqualTo(expected.length());
      assertThat(text.substring(0, expected.length())).as("case " + i).isEqualTo(expected);
    }
  }
}
