package io.hone.kernels.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.kernels.checkpoint.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The texts of a checkpoint's named special tokens ({@code bos_token}, {@code eos_token}, ...),
 * from {@code tokenizer_config.json} or, for each that it lacks, {@code special_tokens_map.json}.
 * Either spelling of transformers is read: a string, or an object with its {@code content}.
 */
record SpecialTokens(Map<String, String> texts) {
  static final String BEGIN = "bos_token";
  static final String END = "eos_token";
  static final String PAD = "pad_token";
  static final String UNKNOWN = "unk_token";
  static final String CONFIG_FILE = "tokenizer_config.json";

  private static final String MAP_FILE = "special_tokens_map.json";

  private static final List<String> NAMES =
      List.of(BEGIN, END, PAD, UNKNOWN, "sep_token", "cls_token", "mask_token");

  SpecialTokens {
    texts = Map.copyOf(texts);
  }

  static SpecialTokens read(Path directory) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String file : List.of(MAP_FILE, CONFIG_FILE)) {
      JsonObject.readIfPresent(directory.resolve(file))
          .ifPresent(
              json ->
                  NAMES.forEach(name -> text(json, name).ifPresent(text -> texts.put(name, text))));
    }
    return new SpecialTokens(texts);
  }

  /**
   * The id of a named token; empty if the checkpoint names none, or one that its vocabulary has
   * not.
   */
  OptionalInt id(String name, Vocabulary vocabulary) {
    String text = texts.get(name);
    return text == null ? OptionalInt.empty() : vocabulary.id(text);
  }

  private static Optional<String> text(JsonObject json, String name) {
    Optional<JsonNode> value = json.value(name);
    return value.isPresent() && value.get().isObject()
        ? Optional.of(json.object(name).text("content"))
        : json.optionalText(name);
  }
}
