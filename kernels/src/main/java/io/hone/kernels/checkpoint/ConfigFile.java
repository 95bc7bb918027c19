package io.hone.kernels.checkpoint;

import io.hone.conf.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The {@code config.json} of a checkpoint, in the spellings of transformers 4 ({@code rope_theta},
 * {@code rope_scaling}, {@code torch_dtype}) and 5 ({@code rope_parameters}, {@code dtype}). Keys
 * that change the arithmetic in ways that Hone does not compute are errors; keys that do not change
 * it are ignored.
 */
final class ConfigFile {
  static final String NAME = "config.json";

  private static final double DEFAULT_THETA = 10_000;
  private static final double DEFAULT_RMS_NORM_EPSILON = 1e-6;
  private static final int DEFAULT_QWEN3_HEAD_SIZE = 128;
  private static final int DEFAULT_SLIDING_WINDOW = 4096;
  private static final int DEFAULT_MAX_WINDOW_LAYERS = 28;

  private final Path file;
  private final JsonObject json;

  private ConfigFile(Path file, JsonObject json) {
    this.file = file;
    this.json = json;
  }

  static ConfigFile read(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UserException(
          directory + " is not a directory; expected a Hugging Face checkpoint directory");
    }
    Checks.require(
        !AdapterDirectory.holdsAdapter(directory),
        "%s holds a LoRA adapter; expected a whole model: name its base model, and this as the adapter, or"
            + " merge them with hone export",
        directory);
    Path file = directory.resolve(NAME);
    return new ConfigFile(file, JsonObject.read(file));
  }

  JsonObject json() {
    return json;
  }

  Architecture architecture() {
    Family family = family();
    refuseUnsupported(family);
    int hiddenSize = json.integer("hidden_size");
    int heads = json.integer("num_attention_heads");
    int maxPositions = json.integer("max_position_embeddings");
    refuseSlidingWindow(family, maxPositions);
    boolean attentionBias = json.flag("attention_bias");
    try {
      return new Architecture(
          family,
          json.integer("vocab_size"),
          hiddenSize,
          json.integer("intermediate_size"),
          json.integer("num_hidden_layers"),
          heads,
          json.optionalInteger("num_key_value_heads").orElse(heads),
          headSize(family, hiddenSize, heads),
          maxPositions,
          json.optionalNumber("rms_norm_eps").orElse(DEFAULT_RMS_NORM_EPSILON).floatValue(),
          rope(),
          json.flag("tie_word_embeddings"),
          switch (family) {
            case LLAMA, QWEN3 -> attentionBias;
            case QWEN2 -> true;
            case MISTRAL -> false;
          },
          switch (family) {
            case LLAMA, QWEN3 -> attentionBias;
            case QWEN2, MISTRAL -> false;
          },
          family == Family.QWEN3,
          head(family));
    } catch (UserException e) {
      throw e.getMessage().startsWith(file.toString())
          ? e
          : new UserException(file + ": " + e.getMessage(), e);
    }
  }

  private Family family() {
    String modelType = json.text("model_type");
    Family family =
        Family.ofModelType(modelType)
            .orElseThrow(
                () ->
                    json.wrong(
                        "model_type",
                        modelType,
                        "an architecture that Hone computes: " + Family.knownModelTypes()));
    return family;
  }

  /** By the class of transformers; a file without one is taken for a language model. */
  private Head head(Family family) {
    List<String> modelClasses = json.texts("architectures");
    if (modelClasses.isEmpty() || modelClasses.contains(family.modelClass(Head.LANGUAGE))) {
      return Head.LANGUAGE;
    }
    if (modelClasses.contains(family.modelClass(Head.VALUE))) {
      return Head.VALUE;
    }
    throw json.wrong(
        "architectures",
        modelClasses,
        family.modelClass(Head.LANGUAGE) + " or " + family.modelClass(Head.VALUE));
  }

  private void refuseUnsupported(Family family) {
    String activation = json.optionalText("hidden_act").orElse("silu");
    if (!activation.equals("silu") && !activation.equals("swish")) {
      throw json.wrong("hidden_act", activation, "silu, the only activation that Hone computes");
    }
    if (family == Family.LLAMA && json.flag("mlp_bias")) {
      throw json.wrong("mlp_bias", true, "false; Hone computes feed-forward layers without biases");
    }
    json.value("quantization_config")
        .ifPresent(
            value -> {
              throw json.wrong(
                  "quantization_config",
                  value,
                  "none; use an unquantised checkpoint of this model");
            });
    refusePartialRotation(json);
  }

  private static void refusePartialRotation(JsonObject object) {
    double rotated = object.optionalNumber("partial_rotary_factor").orElse(1.0);
    if (rotated != 1.0) {
      throw object.wrong(
          "partial_rotary_factor", rotated, "1; Hone computes rotary embeddings of whole heads");
    }
  }

  /** A window that no sequence outgrows changes nothing; a shorter one is not computed. */
  private void refuseSlidingWindow(Family family, int maxPositions) {
    boolean windowed =
        switch (family) {
          case LLAMA -> false;
          case MISTRAL -> true;
          case QWEN2, QWEN3 -> json.flag("use_sliding_window") && hasSlidingLayers();
        };
    if (!windowed) {
      return;
    }
    // An absent key means the default of transformers' configuration class, null means no window.
    boolean absent = !json.keys().contains("sliding_window");
    Optional<Integer> window =
        absent ? Optional.of(DEFAULT_SLIDING_WINDOW) : json.optionalInteger("sliding_window");
    if (window.isPresent() && window.get() < maxPositions) {
      throw json.wrong(
          "sliding_window",
          window.get() + (absent ? " (the default of " + family.modelType() + ")" : ""),
          "null, or at least max_position_embeddings, which is "
              + maxPositions
              + "; Hone computes full attention only. Within the window both agree: set"
              + " max_position_embeddings to "
              + window.get()
              + " to use the model up to that length");
    }
  }

  private boolean hasSlidingLayers() {
    if (json.has("layer_types")) {
      return json.texts("layer_types").contains("sliding_attention");
    }
    int firstSlidingLayer =
        json.optionalInteger("max_window_layers").orElse(DEFAULT_MAX_WINDOW_LAYERS);
    return firstSlidingLayer < json.integer("num_hidden_layers");
  }

  private int headSize(Family family, int hiddenSize, int heads) {
    Optional<Integer> explicit = json.optionalInteger("head_dim");
    if (explicit.isPresent()) {
      return explicit.get();
    }
    if (family == Family.QWEN3) {
      return DEFAULT_QWEN3_HEAD_SIZE;
    }
    if (heads <= 0 || hiddenSize % heads != 0) {
      throw json.wrong(
          "hidden_size", hiddenSize, "a multiple of num_attention_heads, which is " + heads);
    }
    return hiddenSize / heads;
  }

  private RopeScaling rope() {
    Optional<JsonObject> parameters =
        json.optionalObject("rope_scaling")
            .filter(rope -> !rope.keys().isEmpty())
            .or(() -> json.optionalObject("rope_parameters"));
    double theta =
        parameters
            .flatMap(rope -> rope.optionalNumber("rope_theta"))
            .or(() -> json.optionalNumber("rope_theta"))
            .orElse(DEFAULT_THETA);
    if (parameters.isEmpty()) {
      return new RopeScaling.Default(theta);
    }
    JsonObject rope = parameters.get();
    refusePartialRotation(rope);
    String typeKey = rope.has("rope_type") ? "rope_type" : "type";
    String type = rope.optionalText(typeKey).orElse("default");
    return switch (type) {
      case "default" -> new RopeScaling.Default(theta);
      case "llama3" ->
          new RopeScaling.Llama3(
              theta,
              rope.number("factor"),
              rope.number("low_freq_factor"),
              rope.number("high_freq_factor"),
              rope.integer("original_max_position_embeddings"));
      default -> throw rope.wrong(typeKey, type, "default or llama3, the types that Hone computes");
    };
  }
}
