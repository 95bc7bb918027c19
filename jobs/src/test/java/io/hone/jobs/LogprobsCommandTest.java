package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogprobsCommandTest {
  @TempDir private static Path shared;
  private static Path model;

  @TempDir private Path directory;

  @BeforeAll
  static void makeModel() throws IOException {
    model = CommandRun.model(shared.resolve("model"));
    Files.delete(model.resolve("tokenizer.json"));
    Files.delete(model.resolve("tokenizer_config.json"));
  }

  @Test
  void givesANumberForEachTokenAfterTheFirst() throws IOException {
    List<JsonNode> rows =
        logprobs(
            "{\"id\":\"a\",\"token_ids\":[1,5,9,7]}",
            "{\"token_ids\":[1],\"id\":17}",
            "{\"id\":{\"part\":2},\"token_ids\":[3,3],\"other\":true}");
    assertThat(rows)
        .extracting(row -> row.get("id").toString())
        .containsExactly("\"a\"", "17", "{\"part\":2}");
    assertThat(rows).extracting(row -> row.get("logprobs").size()).containsExactly(3, 0, 1);
    assertThat(rows).allMatch(row -> row.size() == 2);
    assertThat(rows.get(0).get("logprobs")).allMatch(number -> number.floatValue() < 0);
  }

  /** Rows are computed in fixed companies, so that not even the last bits depend on the machine. */
  @Test
  void theSameBytesWhateverTheNumberOfCores() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 100; row++) {
      int length = 2 + row % 40;
      int first = row;
      List<Integer> ids =
          IntStream.range(0, length).map(i -> (first * 31 + i * 7) % 100).boxed().toList();
      rows.add("{\"id\":" + row + ",\"token_ids\":" + ids + "}");
    }
    Path input = Files.write(directory.resolve("in.jsonl"), rows);
    Path one = directory.resolve("one.jsonl");
    Path three = directory.resolve("three.jsonl");
    assertThat(
            CommandRun.on(
                    "local[1]", "logprobs", "--model", model, "--input", input, "--output", one)
                .status())
        .isZero();
    assertThat(
            CommandRun.on(
                    "local[3]", "logprobs", "--model", model, "--input", input, "--output", three)
                .status())
        .isZero();
    assertThat(three).hasSameBinaryContentAs(one);
    assertThat(JsonFiles.rows(one))
        .extracting(row -> row.get("id").intValue())
        .isEqualTo(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void sumsToTheProbabilityOfWhatWasGenerated() throws IOException {
    Path whole = CommandRun.model(directory.resolve("model"));
    Path prompts = Files.writeString(directory.resolve("p.jsonl"), "{\"prompt\":\"abc\"}\n");
    Path generated = directory.resolve("g.jsonl");
    CommandRun.of(
        "generate",
        "--model",
        whole,
        "--prompts",
        prompts,
        "--output",
        generated,
        "--max-new-tokens",
        9);
    JsonNode completion = JsonFiles.rows(generated).get(0);
    List<Integer> ids = new ArrayList<>(List.of(1, token('a'), token('b'), token('c')));
    completion.get("token_ids").forEach(id -> ids.add(id.intValue()));
    JsonNode logprobs = logprobs("{\"id\":0,\"token_ids\":" + ids + "}").get(0).get("logprobs");
    for (int i = 0; i < completion.get("logprobs").size(); i++) {
      assertThat(logprobs.get(3 + i).doubleValue())
          .isCloseTo(
              completion.get("logprobs").get(i).doubleValue(),
              org.assertj.core.api.Assertions.within(1e-4));
    }
  }

  /** After four special tokens and newline, the printable characters of ASCII. */
  private static int token(char character) {
    return 5 + character - ' ';
  }

  private List<JsonNode> logprobs(String... rows) throws IOException {
    Path input = Files.write(directory.resolve("in.jsonl"), List.of(rows));
    Path output = directory.resolve("out.jsonl");
    CommandRun run =
        CommandRun.of("logprobs", "--model", model, "--input", input, "--output", output);
    assertThat(run.status()).as(run.err()).isZero();
    return JsonFiles.rows(output);
  }
}
