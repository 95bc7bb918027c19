package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.LoraConfig;
import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterDirectoryTest {
  private static final String A = "base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight";

  @TempDir private Path parent;
  private Path directory;
  private Checkpoint base;
  private Adapter adapter;

  @BeforeEach
  void writeAdapter() throws IOException {
    Architecture architecture =
        Architecture.standard(Family.LLAMA, 20, 8, 12, 2, 4, 2, 2, 64, 1e4, true);
    RandomCheckpoint.write(parent.resolve("model"), architecture, 1, 0.02, new NoTokenizer());
    base = Checkpoint.open(parent.resolve("model"));
    LoraSettings settings =
        new LoraSettings(
            3, 6, true, 0.25, List.of(LinearModule.DOWN, LinearModule.QUERY, LinearModule.VALUE));
    adapter = Adapter.initial(architecture, settings, 5);
    directory = Files.createDirectory(parent.resolve("adapter"));
    AdapterDirectory.writeInto(directory, adapter, base, DataType.FLOAT32);
  }

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
    public void writeTo(Path directory) {}
  }

  @Test
  void readsWhatItWrote() {
    Adapter read = AdapterDirectory.read(directory, base.architecture());
    assertThat(read.settings()).isEqualTo(adapter.settings());
    assertThat(read.weights().fingerprint()).isEqualTo(adapter.weights().fingerprint());
    assertThat(AdapterDirectory.base(directory))
        .contains(base.directory().toAbsolutePath().toString());
  }

  @Test
  void writesTheKeysOfPeft() throws IOException {
    ObjectNode config = config();
    assertThat(config.get("peft_type").asText()).isEqualTo("LORA");
    assertThat(config.get("task_type").asText()).isEqualTo("CAUSAL_LM");
    assertThat(config.get("r").asInt()).isEqualTo(3);
    assertThat(config.get("lora_alpha").asDouble()).isEqualTo(6);
    assertThat(config.get("lora_dropout").asDouble()).isEqualTo(0.25);
    assertThat(config.get("use_rslora").asBoolean()).isTrue();
    assertThat(config.get("target_modules"))
        .extracting(name -> name.asText())
        .containsExactly("q_proj", "v_proj", "down_proj");
    Map<String, SafetensorsTensor> tensors =
        SafetensorsFile.open(directory.resolve("adapter_model.safetensors")).tensors();
    assertThat(tensors).hasSize(12);
    assertThat(tensors.get(A).shape()).containsExactly(3L, 8L);
    assertThat(tensors.get("base_model.model.model.layers.0.mlp.down_proj.lora_B.weight").shape())
        .containsExactly(8L, 3L);
  }

  @Test
  void modulesAreThoseOfTheConfiguration() {
    assertThat(Arrays.stream(LinearModule.values()).map(LinearModule::moduleName))
        .containsExactlyElementsOf(LoraConfig.LINEAR_LAYERS);
  }

  @Test
  void scalesAsPeftDoes() {
    List<LinearModule> modules = List.of(LinearModule.QUERY);
    assertThat(new LoraSettings(4, 6, false, 0, modules).scale()).isEqualTo(1.5);
    assertThat(new LoraSettings(4, 6, true, 0, modules).scale()).isEqualTo(3);
  }

  /** What PEFT 0.17 writes beside the keys that Hone reads, and other spellings. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'alpha_pattern': {}, 'auto_mapping': null, 'layers_to_transform': null, 'use_dora': false}",
        "{'modules_to_save': [], 'loftq_config': {}, 'megatron_core': 'megatron.core'}",
        "{'init_lora_weights': 'gaussian', 'qalora_group_size': 16, 'peft_version': '0.17.0'}",
      })
  void readsConfigurationsOfPeft(String changes) throws IOException {
    change(changes);
    assertThat(AdapterDirectory.read(directory, base.architecture()).settings())
        .isEqualTo(adapter.settings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'use_dora': true} | use_dora is true; expected it to be off
          {'bias': 'all'} | bias is all; expected none
          {'peft_type': 'IA3'} | peft_type is IA3; expected LORA
          {'modules_to_save': ['lm_head']} | modules_to_save is ["lm_head"]; expected it to be off
          {'rank_pattern': {'q_proj': 4}} | rank_pattern is {"q_proj":4}; expected it to be off
          {'fan_in_fan_out': true} | fan_in_fan_out is true; expected it to be off
          {'some_new_method': {'a': 1}} | some_new_method is {"a":1}; expected it to be off
          {'init_lora_weights': 'pissa'} | init_lora_weights is "pissa"; expected an initialisation that leaves
          {'r': 0} | r is 0; expected at least 1
          {'lora_alpha': 0} | lora_alpha is 0.0; expected a number above 0
          {'lora_dropout': 1} | lora_dropout is 1.0; expected at least 0, below 1
          {'target_modules': ['q_porj']} | target_modules has 'q_porj', which is no linear layer of a decoder layer (did you mean 'q_proj'?)
          {'target_modules': '.*proj'} | target_modules is .*proj; expected a list of linear layers, or all-linear
          {'target_modules': []} | target_modules is []; expected at least one linear layer
          {'target_modules': 'all-linear'} | lacks the tensor base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight
          {'target_modules': ['q_proj']} | has 8 tensors that an adapter of its adapter_config.json has not for this model, such as base_model.model.model.layers.0.mlp.down_proj.lora_A.weight
          {'r': 4} | tensor base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight has shape [3, 8]; expected [4, 8]
          """)
  void refusesWhatItDoesNotCompute(String changes, String message) throws IOException {
    change(changes);
    assertRefused(message);
  }

  @Test
  void refusesAMissingTensor() throws IOException {
    rewrite(A, null);
    assertRefused("lacks the tensor " + A);
  }

  @Test
  void refusesAWrongShape() throws IOException {
    rewrite(A, List.of(8L, 3L));
    assertRefused("tensor " + A + " has shape [8, 3]; expected [3, 8]");
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    Path file = directory.resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
    assertRefused("truncated");
  }

  @Test
  void refusesMissingFilesAndOtherModels() throws IOException {
    assertThatThrownBy(() -> AdapterDirectory.read(parent.resolve("no"), base.architecture()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a directory");
    Architecture wider = Architecture.standard(Family.LLAMA, 20, 16, 12, 2, 4, 2, 2, 64, 1e4, true);
    assertThatThrownBy(() -> AdapterDirectory.read(directory, wider))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has shape [3, 8]; expected [3, 16]");
    Files.delete(directory.resolve("adapter_model.safetensors"));
    assertRefused("adapter_model.safetensors is missing");
  }

  @Test
  void anAdapterIsNoWholeModel() {
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds a LoRA adapter")
        .hasMessageContaining("hone export");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> AdapterDirectory.read(directory, base.architecture()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(directory.toString())
        .hasMessageContaining(message);
  }

  private ObjectNode config() throws IOException {
    return (ObjectNode)
        new ObjectMapper().readTree(directory.resolve("adapter_config.json").toFile());
  }

  private void change(String changes) throws IOException {
    ObjectNode config = config();
    config.setAll((ObjectNode) new ObjectMapper().readTree(changes.replace('\'', '"')));
    Files.writeString(directory.resolve("adapter_config.json"), config.toString());
  }

  /** Writes the tensors again, one of them left out or with another shape. */
  private void rewrite(String name, List<Long> shape) throws IOException {
    List<TensorSlice> tensors = new ArrayList<>();
    for (TensorSpec tensor : Layout.of(base.architecture(), adapter.settings()).tensors()) {
      TensorSlice slice = TensorSlice.of(tensor, DataType.FLOAT32, adapter.weights());
      if (!tensor.name().equals(name)) {
        tensors.add(slice);
      } else if (shape != null) {
        tensors.add(
            new TensorSlice(name, DataType.FLOAT32, shape, adapter.weights(), tensor.offset()));
      }
    }
    Path file = directory.resolve("adapter_model.safetensors");
    Files.delete(file);
    SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
  }
}
