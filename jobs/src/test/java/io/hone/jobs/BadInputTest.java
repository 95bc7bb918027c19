package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users get wrong: each has one message that names the thing and the fix, exit status 2, and
 * leaves nothing behind.
 */
class BadInputTest {
  private static final String WEIGHTS = "model.safetensors";
  private static final String ROW = "{\"id\":0,\"token_ids\":[1,2,3]}";

  @TempDir private Path directory;
  private Path model;
  private Path rows;
  private Path outputs;

  @BeforeEach
  void makeModel() throws IOException {
    model = CommandRun.model(directory.resolve("model"), "--characters", "abc");
    rows = Files.writeString(directory.resolve("rows.jsonl"), ROW + "\n");
    outputs = Files.createDirectory(directory.resolve("outputs"));
  }

  @Test
  void aModelThatIsNotThere() {
    refuses(logprobs(directory.resolve("absent")), "absent");
  }

  @Test
  void aMissingWeightFile() throws IOException {
    Files.delete(model.resolve(WEIGHTS));
    refuses(logprobs(model), model.toString(), WEIGHTS);
  }

  @Test
  void aMissingConfiguration() throws IOException {
    Files.delete(model.resolve("config.json"));
    refuses(logprobs(model), "config.json");
  }

  @Test
  void aTruncatedWeightFile() throws IOException {
    byte[] bytes = Files.readAllBytes(model.resolve(WEIGHTS));
    Files.write(model.resolve(WEIGHTS), Arrays.copyOf(bytes, bytes.length - 100));
    refuses(logprobs(model), WEIGHTS);
  }

  @Test
  void aHeaderLargerThanTheFile() throws IOException {
    byte[] bytes = Files.readAllBytes(model.resolve(WEIGHTS));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40);
    Files.write(model.resolve(WEIGHTS), bytes);
    refuses(logprobs(model), WEIGHTS, "header");
  }

  @Test
  void overlappingTensors() throws IOException {
    String norm = "model.norm.weight";
    String other = "model.layers.0.input_layernorm.weight";
    editHeader(
        header -> {
          ((ObjectNode) header.get(norm))
              .set("data_offsets", header.get(other).get("data_offsets"));
          return header;
        });
    refuses(logprobs(model), WEIGHTS, "overlap");
  }

  @Test
  void aTensorOfTheWrongShape() throws IOException {
    editHeader(
        header -> {
          ((ObjectNode) header.get("model.norm.weight")).putArray("shape").add(2).add(16);
          return header;
        });
    refuses(logprobs(model), "model.norm.weight", "[2, 16]", "[32]");
  }

  @Test
  void anUnknownArchitecture() throws IOException {
    editConfiguration("model_type", "gpt2");
    refuses(logprobs(model), "config.json", "gpt2", "llama, mistral, qwen2, qwen3");
  }

  @Test
  void aTokenizerThatDoesNotFitTheVocabulary() throws IOException {
    Path other = CommandRun.model(directory.resolve("other"), "--characters", "abcdefgh");
    Files.delete(model.resolve("tokenizer.json"));
    Files.copy(other.resolve("tokenizer.json"), model.resolve("tokenizer.json"));
    Files.writeString(rows, "{\"prompt\":\"a\"}\n");
    refuses(generate(), "tokenizer.json", "id 11", "vocab_size is 7");
  }

  @Test
  void aModelWithoutATokenizer() throws IOException {
    Files.delete(model.resolve("tokenizer.json"));
    Files.writeString(rows, "{\"prompt\":\"a\"}\n");
    refuses(generate(), "tokenizer.json");
  }

  @Test
  void aLineThatIsNotJson() throws IOException {
    Files.writeString(rows, ROW + "\n{\"id\": oops}\n");
    refuses(logprobs(model), rows + ":2: ", "is not JSON");
  }

  @Test
  void aLineThatIsNoObject() throws IOException {
    Files.writeString(rows, "[1, 2]\n");
    refuses(logprobs(model), rows + ":1: ", "is not a JSON object");
  }

  @Test
  void aRowThatLacksAColumn() throws IOException {
    Files.writeString(rows, ROW + "\n\n{\"id\":1,\"tokens\":[1]}\n");
    refuses(logprobs(model), rows + ":3: ", "token_ids", "id, tokens");
  }

  @Test
  void aPromptThatIsNoText() throws IOException {
    Files.writeString(rows, "{\"prompt\":7}\n");
    refuses(generate(), rows + ":1: ", "prompt", "expected text");
  }

  @Test
  void aTokenOutsideTheVocabulary() throws IOException {
    Files.writeString(rows, "{\"id\":0,\"token_ids\":[1,7]}\n");
    refuses(logprobs(model), rows + ":1: ", "has 7 at place 1", "0 to 6");
  }

  @Test
  void anEmptyDataSet() throws IOException {
    Files.writeString(rows, "\n");
    refuses(logprobs(model), rows + ": has no usable row");
    refuses(generate(), rows + ": has no usable row");
  }

  @Test
  void aPromptLongerThanTheContext() throws IOException {
    Files.writeString(
        rows, "{\"prompt\":\"ab\"}\n{\"prompt\":\"%s\"}\n".formatted("abc".repeat(30)));
    refuses(generate(), rows + ":2: ", "91 tokens", "at most 63");
  }

  @Test
  void aRowLongerThanTheContext() throws IOException {
    Files.writeString(rows, "{\"id\":0,\"token_ids\":[%s1]}\n".formatted("1,".repeat(64)));
    refuses(logprobs(model), rows + ":1: ", "65 ids", "at most 64");
  }

  @Test
  void messagesWithoutAChatTemplate() throws IOException {
    Files.writeString(rows, "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}\n");
    refuses(generate(), "chat template");
  }

  @Test
  void valuesOutOfRange() {
    refuses(generate("--temperature", -1), "--temperature -1.0", "expected 0 or more");
    refuses(generate("--temperature", "NaN"), "--temperature NaN");
    refuses(generate("--top-p", 0), "--top-p 0.0", "more than 0, at most 1");
    refuses(generate("--top-k", -1), "--top-k -1");
    refuses(generate("--min-p", 1.5), "--min-p 1.5", "0 to 1");
    refuses(generate("--repetition-penalty", 0), "--repetition-penalty 0.0");
    refuses(generate("--max-new-tokens", 0), "--max-new-tokens 0", "1 or more");
    refuses(generate("--samples", 0), "--samples 0");
    refuses(generate("--batch", 0), "--batch 0");
    refuses(generate("--stop", ""), "--stop");
  }

  @Test
  void anOutputThatExists() throws IOException {
    Path output = Files.writeString(outputs.resolve("out.jsonl"), "precious");
    CommandRun run = logprobs(model);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "hone logprobs: "
                + output
                + ": exists already (expected a new file; remove it or choose another name)\n");
    assertThat(output).hasContent("precious");
    assertThat(outputs).isDirectoryNotContaining(path -> !path.equals(output));
  }

  @Test
  void aDirectoryThatIsNotThere() throws IOException {
    Files.delete(outputs);
    CommandRun run = logprobs(model);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("its directory " + outputs + " does not exist (create it first)");
    assertThat(outputs).doesNotExist();
  }

  @Test
  void aPlaceThatCannotBeWritten() throws IOException {
    Files.delete(outputs);
    Files.writeString(outputs, "a file where a directory must be");
    CommandRun run = logprobs(model);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(outputs + " is not a directory");
  }

  @Test
  void aMasterThatIsNone() {
    refuses(
        CommandRun.on(
            "local[many]", "logprobs", "--model", model, "--input", rows, "--output", output()),
        "Spark could not be started on master local[many]");
  }

  private void refuses(CommandRun run, String... parts) {
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("hone ").contains(parts).doesNotContain("Exception");
    assertThat(outputs).isEmptyDirectory();
  }

  private CommandRun logprobs(Path checkpoint) {
    return CommandRun.of("logprobs", "--model", checkpoint, "--input", rows, "--output", output());
  }

  private CommandRun generate(Object... options) {
    Object[] fixed = {"generate", "--model", model, "--prompts", rows, "--output", output()};
    Object[] all = Arrays.copyOf(fixed, fixed.length + options.length);
    System.arraycopy(options, 0, all, fixed.length, options.length);
    return CommandRun.of(all);
  }

  private Path output() {
    return outputs.resolve("out.jsonl");
  }

  private void editConfiguration(String key, String value) throws IOException {
    ObjectNode config = (ObjectNode) JsonFiles.tree(model.resolve("config.json"));
    Files.writeString(model.resolve("config.json"), config.put(key, value).toString());
  }

  /** Rewrites the header of the weights; the numbers behind it stay. */
  private void editHeader(UnaryOperator<ObjectNode> edit) throws IOException {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(model.resolve(WEIGHTS))).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) file.getLong()];
    file.get(header);
    ObjectNode edited = edit.apply((ObjectNode) new ObjectMapper().readTree(header));
    byte[] written = edited.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer rewritten =
        ByteBuffer.allocate(8 + written.length + file.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    rewritten.putLong(written.length).put(written).put(file);
    Files.write(model.resolve(WEIGHTS), rewritten.array());
  }
}
