package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("FloatingPointLiteralPrecision") // digits as transformers prints them
class ArchitectureTest {
  private static final String CONFIG =
      """
      {"model_type": "MODEL", "vocab_size": 99, "hidden_size": 48, "intermediate_size": 80,
       "num_hidden_layers": 3, "num_attention_heads": 6, "num_key_value_heads": 2,
       "max_position_embeddings": 256, "rms_norm_eps": 1e-05, "sliding_window": null}""";

  @TempDir Path directory;

  private Architecture read(String modelType, Consumer<ObjectNode> change) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode config = (ObjectNode) mapper.readTree(CONFIG.replace("MODEL", modelType));
    change.accept(config);
    Files.writeString(directory.resolve("config.json"), mapper.writeValueAsString(config));
    return Architecture.read(directory);
  }

  private void assertRefused(String modelType, Consumer<ObjectNode> change, String... words) {
    assertThatThrownBy(() -> read(modelType, change))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(directory.resolve("config.json").toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void readsSizesAndDefaults() throws IOException {
    Architecture architecture = read("llama", config -> {});
    assertThat(architecture)
        .isEqualTo(
            new Architecture(
                Family.LLAMA,
                99,
                48,
                80,
                3,
                6,
                2,
                8,
                256,
                1e-5f,
                new RopeScaling.Default(10_000),
                false,
                false,
                false,
                false));
    assertThat(read("llama", config -> config.remove("rms_norm_eps")).rmsNormEpsilon())
        .isEqualTo(1e-6f);
    assertThat(read("llama", config -> config.putNull("num_key_value_heads")).keyValueHeads())
        .isEqualTo(6);
    assertThat(read("llama", config -> config.put("tie_word_embeddings", true)).tiedEmbeddings())
        .isTrue();
  }

  @Test
  void readsFeaturesOfEachFamily() throws IOException {
    Architecture biased = read("llama", config -> config.put("attention_bias", true));
    assertThat(biased.queryKeyValueBias()).isTrue();
    assertThat(biased.outputBias()).isTrue();
    Architecture qwen2 = read("qwen2", config -> {});
    assertThat(qwen2.queryKeyValueBias()).isTrue();
    assertThat(qwen2.outputBias()).isFalse();
    Architecture qwen3 = read("qwen3", config -> {});
    assertThat(qwen3.queryKeyNorm()).isTrue();
    assertThat(qwen3.queryKeyValueBias()).isFalse();
    assertThat(qwen3.headSize()).isEqualTo(128);
    Architecture mistral = read("mistral", config -> config.put("head_dim", 10));
    assertThat(mistral.queryKeyValueBias()).isFalse();
    assertThat(mistral.headSize()).isEqualTo(10);
  }

  @Test
  void readsRopeInBothSpellings() throws IOException {
    RopeScaling llama3 = new RopeScaling.Llama3(500_000, 8, 1, 4, 64);
    String factors =
        """
        "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 64}""";
    assertThat(rope("rope_scaling", "{\"rope_type\": \"llama3\", " + factors, 500_000))
        .isEqualTo(llama3);
    assertThat(rope("rope_scaling", "{\"type\": \"llama3\", " + factors, 500_000))
        .isEqualTo(llama3);
    assertThat(
            rope(
                "rope_parameters",
                "{\"rope_theta\": 500000.0, \"rope_type\": \"llama3\", " + factors,
                7))
        .isEqualTo(llama3);
    assertThat(rope("rope_parameters", "{\"rope_type\": \"default\", \"rope_theta\": 1e6}", 7))
        .isEqualTo(new RopeScaling.Default(1e6));
    assertThat(rope("rope_scaling", "null", 1000)).isEqualTo(new RopeScaling.Default(1000));
    assertThat(rope("rope_scaling", "{}", 1000)).isEqualTo(new RopeScaling.Default(1000));
  }

  private RopeScaling rope(String key, String value, double theta) throws IOException {
    return read("llama", config -> setRope(config, key, value).put("rope_theta", theta)).rope();
  }

  private static ObjectNode setRope(ObjectNode config, String key, String value) {
    try {
      return config.set(key, new ObjectMapper().readTree(value));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "dynamic", "yarn", "longrope", "mrope"})
  void refusesOtherRopeTypes(String type) {
    for (String key : List.of("rope_scaling", "rope_parameters")) {
      assertRefused(
          "llama",
          config -> setRope(config, key, "{\"rope_type\": \"" + type + "\", \"factor\": 2}"),
          key,
          type,
          "llama3");
    }
  }

  @Test
  void refusesWhatItDoesNotCompute() {
    assertRefused("gpt2", config -> {}, "model_type is gpt2", "llama, mistral, qwen2, qwen3");
    assertRefused(
        "llama",
        config -> config.putArray("architectures").add("LlamaForTokenClassification"),
        "LlamaForTokenClassification",
        "LlamaForCausalLM");
    assertRefused("llama", config -> config.put("hidden_act", "gelu"), "hidden_act is gelu");
    assertRefused("llama", config -> config.put("mlp_bias", true), "mlp_bias");
    assertRefused(
        "llama", config -> config.putObject("quantization_config"), "quantization_config");
    assertRefused(
        "llama", config -> config.put("partial_rotary_factor", 0.5), "partial_rotary_factor");
    assertRefused(
        "llama",
        config -> setRope(config, "rope_parameters", "{\"partial_rotary_factor\": 0.5}"),
        "partial_rotary_factor");
  }

  @Test
  void refusesSlidingWindowsThatSequencesOutgrow() throws IOException {
    assertRefused(
        "mistral",
        config -> config.put("sliding_window", 255),
        "sliding_window is 255",
        "max_position_embeddings, which is 256");
    assertThat(read("mistral", config -> config.put("sliding_window", 256))).isNotNull();
    assertThat(read("mistral", config -> config.putNull("sliding_window"))).isNotNull();
    Consumer<ObjectNode> absent =
        config -> {
          config.remove("sliding_window");
          config.put("max_position_embeddings", 5000);
        };
    assertRefused("mistral", absent, "4096", "5000");
    assertThat(read("llama", absent)).isNotNull();
  }

  @Test
  void refusesSlidingLayersOfQwen() throws IOException {
    Consumer<ObjectNode> windowed =
        config ->
            config
                .put("use_sliding_window", true)
                .put("sliding_window", 64)
                .put("max_window_layers", 2);
    assertRefused("qwen2", windowed, "sliding_window is 64");
    assertRefused("qwen3", windowed, "sliding_window is 64");
    assertThat(read("qwen2", windowed.andThen(config -> config.put("max_window_layers", 3))))
        .isNotNull();
    assertThat(read("qwen2", windowed.andThen(config -> config.put("use_sliding_window", false))))
        .isNotNull();
    assertThat(
            read(
                "qwen3",
                windowed.andThen(config -> config.putArray("layer_types").add("full_attention"))))
        .isNotNull();
  }

  @Test
  void refusesSizesOutOfRange() {
    assertRefused("llama", config -> config.remove("hidden_size"), "hidden_size is missing");
    assertRefused("llama", config -> config.put("vocab_size", 0), "vocab_size is 0");
    assertRefused("llama", config -> config.put("vocab_size", "99"), "vocab_size is \"99\"");
    assertRefused("llama", config -> config.put("vocab_size", 1L << 31), "below 2^31");
    assertRefused("llama", config -> config.put("vocab_size", 9.5), "vocab_size is 9.5");
    assertRefused(
        "llama", config -> config.put("num_hidden_layers", 2_000_000_000), "at most 4096");
    assertRefused("llama", config -> config.put("num_key_value_heads", 4), "multiple of");
    assertRefused("llama", config -> config.put("head_dim", 7), "head_dim is 7", "even");
    assertRefused("llama", config -> config.put("hidden_size", 50), "hidden_size is 50");
    assertRefused("llama", config -> config.put("num_attention_heads", 0), "hidden_size");
    assertRefused("llama", config -> config.put("rms_norm_eps", -1), "rms_norm_eps");
    assertRefused("llama", config -> config.put("rope_theta", 0), "rope_theta is 0");
  }

  @Test
  void refusesMissingOrDamagedFile() throws IOException {
    assertThatThrownBy(() -> Architecture.read(directory.resolve("nowhere")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nowhere is not a directory");
    assertThatThrownBy(() -> Architecture.read(directory))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("config.json is missing");
    Files.writeString(directory.resolve("config.json"), "{\"model_type\": ");
    assertThatThrownBy(() -> Architecture.read(directory))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("config.json is not valid JSON");
    Files.writeString(directory.resolve("config.json"), "{} {}");
    assertThatThrownBy(() -> Architecture.read(directory))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not valid JSON");
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void whatIsWrittenIsReadBack(Family family) throws IOException {
    Architecture standard = Architecture.standard(family, 99, 48, 80, 3, 6, 2, 10, 256, 1e6, true);
    GenerationConfig generation =
        new GenerationConfig(List.of(2, 5), OptionalInt.of(1), OptionalInt.empty());
    ConfigWriter.write(directory, standard, generation, 0.02);
    assertThat(Architecture.read(directory)).isEqualTo(standard);
    assertThat(
            GenerationConfig.read(directory, JsonObject.read(directory.resolve("config.json")), 99))
        .isEqualTo(generation);
  }

  @Test
  void llama3RopeWithBiasesIsReadBack() throws IOException {
    Architecture architecture =
        new Architecture(
            Family.LLAMA,
            99,
            48,
            80,
            3,
            6,
            2,
            8,
            256,
            1e-5f,
            new RopeScaling.Llama3(500_000, 32, 1, 4, 64),
            false,
            true,
            true,
            false);
    ConfigWriter.write(
        directory,
        architecture,
        new GenerationConfig(List.of(), OptionalInt.empty(), OptionalInt.empty()),
        0.02);
    assertThat(Architecture.read(directory)).isEqualTo(architecture);
  }

  /** Expected numbers: transformers 5.18, {@code LlamaRotaryEmbedding.inv_freq}. */
  @Test
  void inverseFrequenciesAreThoseOfTransformers() {
    assertFrequencies(
        new RopeScaling.Default(1e6),
        16,
        1.0f,
        0.17782793939113617f,
        0.03162277862429619f,
        0.005623413249850273f,
        0.0010000000474974513f,
        0.00017782794020604342f,
        3.162277425872162e-05f,
        5.62341347176698e-06f);
    assertFrequencies(
        new RopeScaling.Llama3(500_000, 8, 1, 4, 64),
        8,
        1.0f,
        0.004700753837823868f,
        0.00017677668074611574f,
        6.647869668086059e-06f);
    assertFrequencies(
        new RopeScaling.Llama3(500_000, 32, 1, 4, 8192), FREQUENCIES.length * 2, FREQUENCIES);
  }

  private static final float[] FREQUENCIES = {
    1f,
    0.663601279f,
    0.440366626f,
    0.292227834f,
    0.193922758f,
    0.128687382f,
    0.0853971019f,
    0.0566696189f,
    0.0376060307f,
    0.0249554086f,
    0.0165604409f,
    0.0109895291f,
    0.00729266508f,
    0.00483942125f,
    0.00321144611f,
    0.00129054801f,
    0.000429556705f,
    9.70828623e-05f,
    1.94616387e-05f,
    1.29147675e-05f,
    8.57025589e-06f,
    5.68723226e-06f,
    3.77405445e-06f,
    2.50446715e-06f,
    1.66196742e-06f,
    1.10288363e-06f,
    7.31874934e-07f,
    4.85673127e-07f,
    3.22293289e-07f,
    2.1387423e-07f,
    1.41927202e-07f,
    9.41830649e-08f
  };

  private static void assertFrequencies(RopeScaling rope, int headSize, float... expected) {
    float[] frequencies = rope.inverseFrequencies(headSize);
    assertThat(frequencies).hasSize(headSize / 2);
    for (int i = 0; i < expected.length; i++) {
      assertThat(frequencies[i])
          .as("frequency %d", i)
          .isCloseTo(expected[i], within(expected[i] * 3e-7f));
    }
  }

  @Test
  void generationConfigFallsBackToConfigAndChecksIds() throws IOException {
    read(
        "llama",
        config -> config.put("eos_token_id", 2).put("bos_token_id", 1).put("pad_token_id", -1));
    JsonObject config = JsonObject.read(directory.resolve("config.json"));
    assertThat(GenerationConfig.read(directory, config, 99))
        .isEqualTo(new GenerationConfig(List.of(2), OptionalInt.of(1), OptionalInt.empty()));
    Path file = directory.resolve("generation_config.json");
    Files.writeString(file, "{\"eos_token_id\": [4, 5], \"pad_token_id\": 0}");
    assertThat(GenerationConfig.read(directory, config, 99))
        .isEqualTo(new GenerationConfig(List.of(4, 5), OptionalInt.of(1), OptionalInt.of(0)));
    Files.writeString(file, "{\"eos_token_id\": 99}");
    assertThatThrownBy(() -> GenerationConfig.read(directory, config, 99))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(file.toString(), "eos_token_id is 99", "0 to 98");
  }
}
