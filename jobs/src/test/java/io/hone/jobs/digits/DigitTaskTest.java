package io.hone.jobs.digits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hone.kernels.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitTaskTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "6, 8, 3, '1,3,5'",
    "0, 0, 2, '0,0'",
    "9, 0, 2, '0,0'", // modulo 9, 9 is 0
    "5, 8, 2, '2,5'",
    "8, 2, 0, ''",
  })
  void theSequenceGoesOnModulo9(int first, int second, int count, String answer) {
    assertThat(DigitTask.answer(first, second, count)).isEqualTo(answer);
  }

  @Test
  void everyPromptIsTrainedOnOrHeldOut() throws IOException {
    DigitTask task = new DigitTask(3);
    task.writePrompts(directory.resolve("prompts.jsonl"));
    task.writeHeldOut(directory.resolve("held-out.jsonl"));

    Set<String> prompts = new HashSet<>();
    int empty = 0;
    for (String file : List.of("prompts.jsonl", "held-out.jsonl")) {
      for (String line : Files.readAllLines(directory.resolve(file))) {
        JsonNode row = new ObjectMapper().readTree(line);
        assertThat(prompts.add(row.get("prompt").asText())).isTrue();
        assertThat(row.get("prompt").asText()).matches("\\d,[0-8]:9,\\d");
        empty += row.get("answer").asText().isEmpty() ? 1 : 0;
      }
    }
    assertThat(prompts).hasSize(900);
    assertThat(Files.readAllLines(directory.resolve("held-out.jsonl"))).hasSize(180);
    // What a policy that ends at once earns on average.
    assertThat(empty / 900.0).isEqualTo(0.1);
  }

  @Test
  void theSeedMakesModelAndSplit() throws IOException {
    for (String name : List.of("a", "b")) {
      new DigitTask(3).writeModel(directory.resolve(name));
      new DigitTask(name.equals("a") ? 3 : 4).writeHeldOut(directory.resolve(name + ".jsonl"));
    }

    Checkpoint checkpoint = Checkpoint.open(directory.resolve("a"));
    assertThat(checkpoint.layout().size()).isBetween(700_000L, 900_000L);
    assertThat(checkpoint.weights().fingerprint())
        .isEqualTo(Checkpoint.open(directory.resolve("b")).weights().fingerprint());
    assertThat(directory.resolve("a.jsonl"))
        .content()
        .isNotEqualTo(Files.readString(directory.resolve("b.jsonl")));
  }
}
