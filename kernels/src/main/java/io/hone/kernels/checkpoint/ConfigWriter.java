package io.hone.kernels.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes {@code config.json} and {@code generation_config.json} of a new checkpoint, with the keys
 * that transformers 4 and 5 both read.
 */
final class ConfigWriter {
  private static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private ConfigWriter() {}

  static void write(
      Path directory, Architecture architecture, GenerationConfig generation, double deviation)
      throws IOException {
    ObjectNode config = architecture(architecture);
    config.put("initializer_range", deviation);
    putTokenIds(config, generation);
    Files.writeString(directory.resolve(ConfigFile.NAME), WRITER.writeValueAsString(config) + "\n");

    ObjectNode generationConfig = JsonNodeFactory.instance.objectNode();
    putTokenIds(generationConfig, generation);
    Files.writeString(
        directory.resolve(GenerationConfig.NAME),
        WRITER.writeValueAsString(generationConfig) + "\n");
  }

  private static ObjectNode architecture(Architecture architecture) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    Family family = architecture.family();
    config.putArray("architectures").add(family.modelClass(architecture.head()));
    config.put("model_type", family.modelType());
    config.put("vocab_size", architecture.vocabSize());
    config.put("hidden_size", architecture.hiddenSize());
    config.put("intermediate_size", architecture.intermediateSize());
    config.put("num_hidden_layers", architecture.layers());
    config.put("num_attention_heads", architecture.heads());
    config.put("num_key_value_heads", architecture.keyValueHeads());
    config.put("head_dim", architecture.headSize());
    config.put("hidden_act", "silu");
    config.put("max_position_embeddings", architecture.maxPositions());
    config.put("rms_norm_eps", architecture.rmsNormEpsilon());
    putRope(config, architecture.rope());
    config.put("tie_word_embeddings", architecture.tiedEmbeddings());
    config.put("attention_dropout", 0.0);
    config.put("use_cache", true);
    config.put("torch_dtype", "float32");
    switch (family) {
      case LLAMA ->
          config.put("attention_bias", architecture.queryKeyValueBias()).put("mlp_bias", false);
      case MISTRAL -> config.putNull("sliding_window");
      case QWEN2 -> config.put("use_sliding_window", false).putNull("sliding_window");
      case QWEN3 ->
          config
              .put("attention_bias", architecture.queryKeyValueBias())
              .put("use_sliding_window", false)
              .putNull("sliding_window");
    }
    return config;
  }

  private static void putRope(ObjectNode config, RopeScaling rope) {
    config.put("rope_theta", rope.theta());
    if (rope instanceof RopeScaling.Llama3 llama3) {
      config
          .putObject("rope_scaling")
          .put("rope_type", "llama3")
          .put("factor", llama3.factor())
          .put("low_freq_factor", llama3.lowFrequencyFactor())
          .put("high_freq_factor", llama3.highFrequencyFactor())
          .put("original_max_position_embeddings", llama3.originalMaxPositions());
    }
  }

  private static void putTokenIds(ObjectNode target, GenerationConfig generation) {
    generation.beginTokenId().ifPresent(id -> target.put("bos_token_id", id));
    generation.padTokenId().ifPresent(id -> target.put("pad_token_id", id));
    if (generation.endTokenIds().size() == 1) {
      target.put("eos_token_id", generation.endTokenIds().get(0));
    } else if (!generation.endTokenIds().isEmpty()) {
      ArrayNode ids = target.putArray("eos_token_id");
      generation.endTokenIds().forEach(ids::add);
    }
  }
}
