package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints of sequence classification models with one label. */
class ValueCheckpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Checkpoint policy;
  private Architecture critic;
  private FlatSequence weights;
  private Path written;

  @BeforeEach
  void write() {
    policy = policy("policy", true);
    critic = policy.architecture().withHead(Head.VALUE);
    weights = HeadChange.of(policy.architecture(), policy.weights(), critic, 7);
    written = write("critic", policy, critic, weights, Optional.empty());
  }

  private Checkpoint policy(String name, boolean tied) {
    Path path = directory.resolve(name);
    RandomCheckpoint.write(
        path,
        Architecture.standard(Family.QWEN2, 20, 8, 12, 2, 4, 2, 2, 64, 1e4, tied),
        1,
        0.02,
        io.hone.kernels.tokenizer.CharacterTokenizer.of("ab"));
    return Checkpoint.open(path);
  }

  private Path write(
      String name,
      Checkpoint source,
      Architecture architecture,
      FlatSequence weights,
      Optional<DataType> type) {
    Path target = directory.resolve(name);
    AtomicDirectory.create(
        target, into -> CheckpointWriter.writeInto(into, source, architecture, weights, type));
    return target;
  }

  @Test
  void comesBackAsItWasWritten() throws IOException {
    Checkpoint read = Checkpoint.openAny(written);

    assertThat(read.architecture()).isEqualTo(critic);
    assertThat(read.weights().fingerprint()).isEqualTo(weights.fingerprint());
    JsonNode config = JSON.readTree(written.resolve("config.json").toFile());
    assertThat(config.get("architectures").get(0).asText())
        .isEqualTo("Qwen2ForSequenceClassification");
    // Transformers counts the labels here; without, it would make a head of two.
    assertThat(config.get("id2label")).hasSize(1);
    assertThat(config.get("label2id")).hasSize(1);
    assertThat(config.get("pad_token_id")).isNotNull();
    SafetensorsFile file = SafetensorsFile.open(written.resolve("model.safetensors"));
    assertThat(file.tensors().get("score.weight").shape()).containsExactly(1L, 8L);
    assertThat(file.tensors()).doesNotContainKey("lm_head.weight");
    assertThat(written.resolve("tokenizer.json")).exists();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBackboneIsKeptAndTheHeadIsRandomByTheSeed(boolean tied) {
    Checkpoint source = policy("source-" + tied, tied);
    Architecture target = source.architecture().withHead(Head.LANGUAGE_AND_VALUE);
    FlatSequence both = HeadChange.of(source.architecture(), source.weights(), target, 7);

    FlatSequence back = HeadChange.of(target, both, source.architecture(), 0);
    assertThat(back.fingerprint()).isEqualTo(source.weights().fingerprint());
    float[] head = head(target, both);
    assertThat(head(critic, weights)).isEqualTo(head);
    assertThat(head(critic, HeadChange.of(policy.architecture(), policy.weights(), critic, 8)))
        .isNotEqualTo(head);
  }

  @Test
  void logitsAreNotMadeUp() {
    Architecture language = policy("untied", false).architecture();
    Architecture values = language.withHead(Head.VALUE);
    FlatSequence zeros = FlatWeights.zeros(Layout.of(values).size());

    assertThatThrownBy(() -> HeadChange.of(values, zeros, language, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no lm_head.weight");
    assertThatThrownBy(() -> HeadChange.of(values, zeros, critic, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different backbones");
  }

  @Test
  void aNewHeadHasTheDeviationOfItsWidth() {
    Architecture wide = Architecture.standard(Family.LLAMA, 5, 4096, 2, 1, 1, 1, 2, 8, 1e4, true);
    float[] head =
        head(
            wide.withHead(Head.VALUE),
            HeadChange.of(
                wide, FlatWeights.zeros(Layout.of(wide).size()), wide.withHead(Head.VALUE), 3));

    double squares = 0;
    for (float x : head) {
      squares += (double) x * x;
    }
    assertThat(Math.sqrt(squares / head.length)).isCloseTo(1 / Math.sqrt(4097), within(5e-4));
  }

  @Test
  void aGivenTypeIsThatOfTheHeadTooElseTheHeadIsExact() {
    Path half = write("half", policy, critic, weights, Optional.of(DataType.BFLOAT16));
    assertThat(Checkpoint.openAny(half).dtypes()).containsEntry("score.weight", DataType.BFLOAT16);
    Checkpoint source = Checkpoint.openAny(half);

    // A critic made from a policy in 16 bits.
    Architecture language = policy.architecture();
    Path policyHalf = directory.resolve("policy-half");
    CheckpointWriter.write(policyHalf, policy, policy.weights(), Optional.of(DataType.BFLOAT16));
    Checkpoint halfPolicy = Checkpoint.open(policyHalf);
    FlatSequence made = HeadChange.of(language, halfPolicy.weights(), critic, 7);
    Path mixed = write("mixed", halfPolicy, critic, made, Optional.empty());
    assertThat(Checkpoint.openAny(mixed).dtypes())
        .containsEntry("score.weight", DataType.FLOAT32)
        .containsEntry("model.norm.weight", DataType.BFLOAT16);
    assertThat(Checkpoint.openAny(mixed).weights().fingerprint()).isEqualTo(made.fingerprint());
    assertThat(source.architecture().head()).isEqualTo(Head.VALUE);
  }

  @Test
  void aCriticIsNoPolicy() {
    assertThatThrownBy(() -> Checkpoint.open(written))
        .isInstanceOf(UserException.class)
        .hasMessage(
            written
                + " is a Qwen2ForSequenceClassification; expected a Qwen2ForCausalLM, which has"
                + " logits");
  }

  @Test
  void aCheckpointWithoutItsHeadIsRefused() throws IOException {
    writeTensors(Layout.of(policy.architecture()).tensors(), policy.weights());

    assertThatThrownBy(() -> Checkpoint.openAny(written))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lacks the tensor score.weight")
        .hasMessageContaining("expected shape [1, 8]");
  }

  @Test
  void twoLabelsAreNoValue() throws IOException {
    List<TensorSpec> tensors = new ArrayList<>(Layout.of(policy.architecture()).tensors());
    tensors.add(new TensorSpec("score.weight", new long[] {2, 8}, 0));
    writeTensors(tensors, policy.weights());

    assertThatThrownBy(() -> Checkpoint.openAny(written))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tensor score.weight has shape [2, 8]; expected [1, 8]");
  }

  @Test
  void aHeadThatTheConfigurationDoesNotHaveIsRefused() throws IOException {
    Path file = written.resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    config.putArray("architectures").add("Qwen2ForTokenClassification");
    Files.writeString(file, JSON.writeValueAsString(config));

    assertThatThrownBy(() -> Checkpoint.openAny(written))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Qwen2ForCausalLM or Qwen2ForSequenceClassification");
  }

  private void writeTensors(List<TensorSpec> tensors, FlatSequence values) throws IOException {
    Path file = written.resolve("model.safetensors");
    Files.delete(file);
    SafetensorsWriter.write(
        file,
        tensors.stream()
            .map(
                tensor ->
                    new TensorSlice(
                        tensor.name(),
                        DataType.FLOAT32,
                        Arrays.stream(tensor.shape()).boxed().toList(),
                        values,
                        tensor.offset()))
            .toList(),
        Map.of("format", "pt"));
  }

  private static float[] head(Architecture architecture, FlatSequence weights) {
    TensorSpec tensor = Layout.of(architecture).tensor(Layout.VALUE_HEAD);
    float[] head = new float[(int) tensor.size()];
    weights.copyTo(tensor.offset(), head, 0, head.length);
    return head;
  }
}
