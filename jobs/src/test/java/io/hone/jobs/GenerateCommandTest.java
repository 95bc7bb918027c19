package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
  private static final String CHAT_TEMPLATE =
      "{% for message in messages %}<{{ message.role }}>{{ message.content }}{% endfor %}"
          + "{% if add_generation_prompt %}<assistant>{% endif %}";

  @TempDir private static Path shared;
  private static Path model;

  @TempDir private Path directory;
  private Path prompts;
  private Path output;

  @BeforeAll
  static void makeModel() {
    model = CommandRun.model(shared.resolve("model"));
  }

  @BeforeEach
  void writePrompts() throws IOException {
    prompts = directory.resolve("prompts.jsonl");
    output = directory.resolve("output.jsonl");
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 70; row++) {
      rows.add("{\"prompt\":\"%s\",\"answer\":%d}".formatted("ab".repeat(row % 7 + 1), row));
    }
    Files.write(prompts, rows);
  }

  @Test
  void writesALineForEachSampleInTheOrderOfTheRows() throws IOException {
    generate("--samples", 2, "--max-new-tokens", 5);
    List<JsonNode> rows = JsonFiles.rows(output);
    assertThat(rows).hasSize(140);
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      assertThat(row.fieldNames())
          .toIterable()
          .containsExactly(
              "prompt", "completion", "token_ids", "logprobs", "finish_reason", "answer");
      assertThat(row.get("answer").intValue()).isEqualTo(i / 2);
      assertThat(row.get("prompt").textValue()).isEqualTo("ab".repeat(i / 2 % 7 + 1));
      assertThat(row.get("logprobs")).hasSameSizeAs(row.get("token_ids"));
      assertThat(row.get("logprobs")).allMatch(logprob -> logprob.floatValue() <= 0);
      assertThat(row.get("token_ids").size()).isBetween(1, 5);
      assertThat(row.get("finish_reason").textValue())
          .isEqualTo(endsWithStop(row) ? "stop" : "length");
    }
    assertThat(rows.stream().map(row -> row.get("completion").textValue()).distinct().count())
        .isGreaterThan(100);
  }

  /** The tasks are laid out by the file alone, so the machine's size is nowhere in the bytes. */
  @Test
  void theSameBytesWhateverTheNumberOfCores() throws IOException {
    CommandRun.on("local[1]", arguments("--seed", 5, "--batch", 8));
    byte[] one = Files.readAllBytes(output);
    Files.delete(output);
    CommandRun.on("local[3]", arguments("--seed", 5, "--batch", 8));
    assertThat(output).hasBinaryContent(one);
  }

  @Test
  void aRowIsSampledAlikeInAnyFileThatHasItAtTheSamePlace() throws IOException {
    generate("--seed", 5, "--max-new-tokens", 6);
    List<JsonNode> all = JsonFiles.rows(output);
    Files.delete(output);
    List<String> rows = Files.readAllLines(prompts);
    Files.write(prompts, rows.subList(0, 3));
    generate("--seed", 5, "--max-new-tokens", 6);
    assertThat(JsonFiles.rows(output).stream().map(row -> row.get("token_ids")).toList())
        .isEqualTo(all.subList(0, 3).stream().map(row -> row.get("token_ids")).toList());
  }

  @Test
  void theSeedDecidesTheCompletions() throws IOException {
    generate("--seed", 1);
    byte[] first = Files.readAllBytes(output);
    Files.delete(output);
    generate("--seed", 2);
    assertThat(Files.readAllBytes(output)).isNotEqualTo(first);
  }

  @Test
  void temperatureZeroTakesTheLikeliestTokenWhateverTheSeed() throws IOException {
    generate("--temperature", 0, "--seed", 1, "--samples", 2);
    List<JsonNode> first = JsonFiles.rows(output);
    assertThat(first.get(0)).isEqualTo(first.get(1));
    Files.delete(output);
    generate("--temperature", 0, "--seed", 2, "--samples", 2);
    assertThat(JsonFiles.rows(output)).isEqualTo(first);
  }

  @Test
  void topOneIsGreedyToo() throws IOException {
    generate("--temperature", 0);
    List<JsonNode> greedy = JsonFiles.rows(output);
    Files.delete(output);
    generate("--top-k", 1);
    assertThat(JsonFiles.rows(output).stream().map(row -> row.get("token_ids")).toList())
        .isEqualTo(greedy.stream().map(row -> row.get("token_ids")).toList());
  }

  @Test
  void endsAtAStopStringWhichTheTokensKeep() throws IOException {
    generate("--seed", 3);
    List<JsonNode> free = JsonFiles.rows(output);
    String stop = free.get(0).get("completion").textValue().substring(4, 6);
    Files.delete(output);
    generate("--seed", 3, "--stop", stop);
    JsonNode row = JsonFiles.rows(output).get(0);
    String completion = free.get(0).get("completion").textValue();
    assertThat(row.get("completion").textValue())
        .isEqualTo(completion.substring(0, completion.indexOf(stop)));
    assertThat(row.get("finish_reason").textValue()).isEqualTo("stop");
    List<JsonNode> freeIds = elements(free.get(0));
    List<JsonNode> ids = elements(row);
    // Special tokens have no text, so there may be more tokens than characters.
    assertThat(ids).hasSizeBetween(completion.indexOf(stop) + stop.length(), freeIds.size() - 1);
    assertThat(ids).isEqualTo(freeIds.subList(0, ids.size()));
  }

  @Test
  void rendersMessagesWithTheChatTemplate() throws IOException {
    Path chat = CommandRun.model(directory.resolve("chat"));
    Files.writeString(chat.resolve("chat_template.jinja"), CHAT_TEMPLATE);
    Files.writeString(
        prompts, "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"id\":\"a\"}\n");
    assertSuccess(
        CommandRun.of("generate", "--model", chat, "--prompts", prompts, "--output", output));
    JsonNode row = JsonFiles.rows(output).get(0);
    assertThat(row.get("prompt").textValue()).isEqualTo("<user>hi<assistant>");
    assertThat(row.get("id").textValue()).isEqualTo("a");
  }

  @Test
  void saysWhatItDid() {
    CommandRun run = CommandRun.of(arguments("--max-new-tokens", 4));
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().toList().get((int) run.err().lines().count() - 1))
        .matches("70 rows, \\d+ tokens in .* s \\(\\d+ tokens/s\\)");
  }

  private void generate(Object... options) {
    assertSuccess(CommandRun.of(arguments(options)));
  }

  private Object[] arguments(Object... options) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("generate", "--model", model, "--prompts", prompts, "--output", output));
    Collections.addAll(arguments, options);
    if (Arrays.stream(options).noneMatch("--max-new-tokens"::equals)) {
      arguments.addAll(List.of("--max-new-tokens", 12));
    }
    return arguments.toArray();
  }

  private static List<JsonNode> elements(JsonNode row) {
    List<JsonNode> elements = new ArrayList<>();
    row.get("token_ids").forEach(elements::add);
    return elements;
  }

  private static boolean endsWithStop(JsonNode row) {
    int endTokenId = 2;
    JsonNode ids = row.get("token_ids");
    return ids.get(ids.size() - 1).intValue() == endTokenId;
  }

  private static void assertSuccess(CommandRun run) {
    assertThat(run.status()).as(run.err()).isZero();
  }
}
