package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path parent;
  private Path directory;
  private Architecture architecture;
  private FlatWeights weights;

  @BeforeEach
  void writeCheckpoint() {
    directory = parent.resolve("model");
    architecture = Architecture.standard(Family.QWEN2, 20, 8, 12, 2, 4, 2, 2, 64, 1e4, true);
    RandomCheckpoint.write(directory, architecture, 1, 0.02, new NoTokenizer());
    weights = Checkpoint.open(directory).weights();
  }

  /** Nothing but ids. */
  private record NoTokenizer() implements TokenizerFiles {
    @Override
    public int size() {
      return 20;
    }

    @Override
    public GenerationConfig generationConfig() {
      return new GenerationConfig(List.of(2), OptionalInt.of(1), OptionalInt.of(0));
    }

    @Override
    public void writeTo(Path directory) throws IOException {
      Files.writeString(directory.resolve("tokenizer.json"), "{}");
    }
  }

  private static TensorSlice slice(TensorSpec tensor, FlatWeights weights) {
    return new TensorSlice(
        tensor.name(),
        DataType.FLOAT32,
        Arrays.stream(tensor.shape()).boxed().toList(),
        weights,
        tensor.offset());
  }

  private List<TensorSlice> slices() {
    List<TensorSlice> slices = new ArrayList<>();
    Layout.of(architecture).tensors().forEach(tensor -> slices.add(slice(tensor, weights)));
    return slices;
  }

  private void rewrite(List<TensorSlice> slices) throws IOException {
    Path file = directory.resolve("model.safetensors");
    Files.deleteIfExists(file);
    SafetensorsWriter.write(file, slices, Map.of("format", "pt"));
  }

  private void editConfig(String key, boolean value) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Path file = directory.resolve("config.json");
    ObjectNode config = (ObjectNode) mapper.readTree(Files.readAllBytes(file));
    Files.writeString(file, mapper.writeValueAsString(config.put(key, value)));
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void refusesDirectoryWithoutWeights() throws IOException {
    Files.delete(directory.resolve("model.safetensors"));
    assertRefused(directory.toString(), "neither model.safetensors", "safetensors");
  }

  @Test
  void refusesMissingTensor() throws IOException {
    List<TensorSlice> slices = slices();
    slices.removeIf(slice -> slice.name().equals("model.norm.weight"));
    rewrite(slices);
    assertRefused("lacks the tensor model.norm.weight", "[8]");
  }

  @Test
  void refusesUnexpectedTensor() throws IOException {
    List<TensorSlice> slices = slices();
    slices.add(new TensorSlice("model.extra.weight", DataType.FLOAT32, List.of(1L), weights, 0));
    rewrite(slices);
    assertRefused("model.extra.weight in model.safetensors", "expected none");
  }

  @Test
  void refusesWrongShape() throws IOException {
    List<TensorSlice> slices = slices();
    slices.replaceAll(
        slice ->
            slice.name().endsWith("layers.1.mlp.down_proj.weight")
                ? new TensorSlice(
                    slice.name(), DataType.FLOAT32, List.of(12L, 8L), weights, slice.offset())
                : slice);
    rewrite(slices);
    assertRefused("layers.1.mlp.down_proj.weight", "shape [12, 8]", "expected [8, 12]");
  }

  @Test
  void refusesWrongType() throws IOException {
    SafetensorsBytes.write(
        directory.resolve("model.safetensors"),
        "{\"model.embed_tokens.weight\":{\"dtype\":\"I64\",\"shape\":[20,8],\"data_offsets\":[0,1280]}}",
        1280);
    assertRefused("model.embed_tokens.weight", "I64", "expected F32, F16 or BF16");
  }

  @Test
  void ignoresDerivedBuffersOfOldCheckpoints() throws IOException {
    List<TensorSlice> slices = slices();
    slices.add(
        new TensorSlice(
            "model.layers.0.self_attn.rotary_emb.inv_freq",
            DataType.FLOAT32,
            List.of(1L),
            weights,
            0));
    rewrite(slices);
    assertThat(Checkpoint.open(directory).weights().fingerprint()).isEqualTo(weights.fingerprint());
  }

  @Test
  void keepsStoredCopyOfTiedEmbeddingAndRefusesAnotherMatrix() throws IOException {
    List<TensorSlice> slices = slices();
    slices.add(new TensorSlice("lm_head.weight", DataType.FLOAT32, List.of(20L, 8L), weights, 0));
    rewrite(slices);
    Checkpoint checkpoint = Checkpoint.open(directory);
    assertThat(checkpoint.weights().fingerprint()).isEqualTo(weights.fingerprint());
    assertThat(checkpoint.sequence().fingerprint()).isEqualTo(weights.fingerprint());
    Path copy = parent.resolve("copy");
    CheckpointWriter.write(copy, checkpoint, weights);
    assertThat(SafetensorsFile.open(copy.resolve("model.safetensors")).tensors())
        .containsKey("lm_head.weight");

    slices.replaceAll(
        slice ->
            slice.name().equals("lm_head.weight")
                ? new TensorSlice("lm_head.weight", DataType.FLOAT32, List.of(20L, 8L), weights, 1)
                : slice);
    rewrite(slices);
    Checkpoint untied = Checkpoint.open(directory);
    assertThatThrownBy(untied::weights)
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("tie_word_embeddings", "lm_head.weight differs");
  }

  @Test
  void namesMissingOutputProjectionOfUntiedModel() throws IOException {
    editConfig("tie_word_embeddings", false);
    assertRefused("lacks the tensor lm_head.weight");
  }

  @Test
  void readsShardsAndRefusesBrokenIndexes() throws IOException {
    Checkpoint checkpoint = Checkpoint.open(directory);
    Path sharded = Files.createDirectory(parent.resolve("sharded"));
    CheckpointWriter.writeInto(
        sharded, checkpoint, checkpoint.architecture(), weights, Optional.empty(), 1000);
    assertThat(Checkpoint.open(sharded).weights().fingerprint()).isEqualTo(weights.fingerprint());
    assertThat(Checkpoint.open(sharded).sequence().fingerprint()).isEqualTo(weights.fingerprint());
    directory = sharded;
    Path index = sharded.resolve("model.safetensors.index.json");
    String original = Files.readString(index);

    Files.writeString(index, original.replace("model-00002-of", "model-00099-of"));
    assertRefused("model-00099-of", "is missing", "index.json needs this shard");
    Files.writeString(index, original.replaceFirst("model-00002-of", "model-00001-of"));
    assertRefused("index.json places tensor", "in model-00001-of", "does not contain it");
    Files.writeString(index, original.replace("\"model.norm.weight\"", "\"model.other\""));
    assertRefused("model.other", "does not contain it");
    Files.writeString(index, original.replace("\"model-00001-of", "\"../model-00001-of"));
    assertRefused("names the shard ../model-00001", "same directory");
    Files.writeString(
        index, original.replaceFirst("(?s),\\s*\"model.norm.weight\".*?\"(?=\\s)", ""));
    assertRefused("model.norm.weight");
    Files.writeString(index, "{\"metadata\": {}}");
    assertRefused("weight_map is missing");
    Files.writeString(index, original);
    Path shard = sharded.resolve(original.replaceFirst("(?s).*\"(model-00002-of.*?)\".*", "$1"));
    byte[] bytes = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(shard.toString(), "truncated");
    Files.delete(shard);
    assertRefused(shard.toString(), "is missing");
  }

  @Test
  void writesAnotherTypeAndSaysSoInConfig() throws IOException {
    Checkpoint checkpoint = Checkpoint.open(directory);
    for (DataType type : List.of(DataType.BFLOAT16, DataType.FLOAT16)) {
      Path target = parent.resolve(type.name());
      CheckpointWriter.write(target, checkpoint, weights, Optional.of(type));
      Checkpoint written = Checkpoint.open(target);
      assertThat(written.dtypes().values()).containsOnly(type);
      assertThat(JsonObject.read(target.resolve("config.json")).text("torch_dtype"))
          .isEqualTo(type.name().toLowerCase(java.util.Locale.ROOT));
      float[] narrowed = written.weights().chunks()[0];
      float[] original = weights.chunks()[0];
      for (int i = 0; i < original.length; i++) {
        assertThat(narrowed[i])
            .isCloseTo(
                original[i],
                org.assertj.core.api.Assertions.within(Math.abs(original[i]) / 250 + 1e-7f));
      }
    }
  }

  @Test
  void refusesExistingTarget() {
    Checkpoint checkpoint = Checkpoint.open(directory);
    assertThatThrownBy(() -> CheckpointWriter.write(directory, checkpoint, weights))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(directory.toString(), "exists already");
  }

  @Test
  void refusesWeightsOfAnotherModel() {
    Checkpoint checkpoint = Checkpoint.open(directory);
    assertThatThrownBy(
            () -> CheckpointWriter.write(parent.resolve("x"), checkpoint, FlatWeights.zeros(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights : 3");
    assertThat(parent.resolve("x")).doesNotExist();
  }

  @Test
  void randomWeightsAreNormalAndKeyedBySeedAndName() {
    Layout layout =
        Layout.of(Architecture.standard(Family.QWEN3, 500, 64, 96, 3, 4, 2, 16, 64, 1e4, false));
    FlatWeights first = RandomCheckpoint.weights(layout, 7, 0.02);
    assertThat(RandomCheckpoint.weights(layout, 7, 0.02).fingerprint())
        .isEqualTo(first.fingerprint());
    assertThat(RandomCheckpoint.weights(layout, 8, 0.02).fingerprint())
        .isNotEqualTo(first.fingerprint());

    for (TensorSpec tensor : layout.tensors()) {
      float[] values = new float[(int) tensor.size()];
      first.copyTo(tensor.offset(), values, 0, values.length);
      if (tensor.name().contains("norm")) {
        assertThat(values).as(tensor.name()).containsOnly(1);
      } else {
        double mean = 0;
        double square = 0;
        for (float value : values) {
          mean += value / values.length;
          square += (double) value * value / values.length;
        }
        // Four standard errors of mean and deviation.
        double error = 4 * 0.02 / Math.sqrt(values.length);
        assertThat(mean).as(tensor.name()).isBetween(-error, error);
        assertThat(Math.sqrt(square)).as(tensor.name()).isBetween(0.02 - error, 0.02 + error);
      }
    }
    float[] embedding = new float[32000];
    float[] head = new float[32000];
    first.copyTo(0, embedding, 0, embedding.length);
    first.copyTo(layout.tensor("lm_head.weight").offset(), head, 0, head.length);
    assertThat(embedding).isNotEqualTo(head);
  }

  @Test
  void randomCheckpointRefusesBadSettingsAndWritesNothing() {
    Path target = parent.resolve("new");
    Architecture small = Architecture.standard(Family.LLAMA, 19, 8, 12, 1, 4, 2, 2, 64, 1e4, true);
    assertThatThrownBy(() -> RandomCheckpoint.write(target, small, 1, 0.02, new NoTokenizer()))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("19", "at least 20");
    assertThatThrownBy(() -> RandomCheckpoint.write(target, architecture, 1, 0, new NoTokenizer()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("deviation");
    Architecture odd = Architecture.standard(Family.LLAMA, 20, 9, 12, 1, 4, 2, 2, 64, 1e4, true);
    assertThatThrownBy(() -> RandomCheckpoint.write(target, odd, 1, 0.02, new NoTokenizer()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("hidden size is 9");
    assertThat(target).doesNotExist();
    assertThatThrownBy(
            () -> RandomCheckpoint.write(directory, architecture, 1, 0.02, new NoTokenizer()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("exists already");
  }
}
