package io.hone.kernels.checkpoint;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The decoder families that Hone computes exactly; each is one {@code model_type} of transformers.
 */
public enum Family {
  /** Llama 2 and 3, with or without {@code llama3} rope scaling. */
  LLAMA("llama", "Llama"),
  /** Mistral with full attention. */
  MISTRAL("mistral", "Mistral"),
  /** Qwen2 and Qwen2.5: biases on query, key and value. */
  QWEN2("qwen2", "Qwen2"),
  /** Qwen3: query and key are normalised per head. */
  QWEN3("qwen3", "Qwen3");

  private final String modelType;
  private final String classPrefix;

  Family(String modelType, String classPrefix) {
    this.modelType = modelType;
    this.classPrefix = classPrefix;
  }

  /** The {@code model_type} of {@code config.json}. */
  public String modelType() {
    return modelType;
  }

  /**
   * The entry of {@code architectures} in {@code config.json}; transformers has no class with two
   * heads.
   */
  public String modelClass(Head head) {
    return switch (head) {
      case LANGUAGE -> classPrefix + "ForCausalLM";
      case VALUE -> classPrefix + "ForSequenceClassification";
      case LANGUAGE_AND_VALUE ->
          throw new IllegalArgumentException("transformers has no model class with two heads");
    };
  }

  /** The family with this {@code model_type}; empty for one that Hone does not know. */
  public static Optional<Family> ofModelType(String modelType) {
    return Arrays.stream(values()).filter(family -> family.modelType.equals(modelType)).findFirst();
  }

  /** The known {@code model_type}s, for messages. */
  static String knownModelTypes() {
    return Arrays.stream(values()).map(Family::modelType).collect(Collectors.joining(", "));
  }
}
