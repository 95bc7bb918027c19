package io.hone.kernels.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The tokens of a {@code tokenizer.json}, added tokens included.
 *
 * @param file where they are from
 * @param ids id of each token; added tokens win
 * @param size the largest id, plus one
 */
record Vocabulary(Path file, Map<String, Integer> ids, int size) {
  static final String FILE = "tokenizer.json";

  /**
   * Reads the {@code tokenizer.json} of a checkpoint directory.
   *
   * @throws UserException if it is missing or damaged
   */
  static Vocabulary read(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          file
              + " is missing; expected a fast tokenizer beside the model: save it with transformers, or copy it from"
              + " the checkpoint that the model was made from");
    }
    JsonObject tokenizer = JsonObject.read(file);
    JsonObject model = tokenizer.object("model");
    Map<String, Integer> ids = new HashMap<>();
    JsonNode vocabulary = model.value("vocab").orElseThrow(() -> unknownForm(file));
    if (vocabulary.isObject()) {
      // BPE, WordPiece and WordLevel: token to id.
      vocabulary.properties().forEach(entry -> put(ids, file, entry.getKey(), entry.getValue()));
    } else if (vocabulary.isArray()) {
      // Unigram: [token, score], the index being the id.
      for (JsonNode entry : vocabulary) {
        ids.put(entry.path(0).asText(), ids.size());
      }
    } else {
      throw unknownForm(file);
    }
    for (JsonObject added : tokenizer.objects("added_tokens")) {
      ids.put(added.text("content"), added.integer("id"));
    }
    int largest = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
    return new Vocabulary(file, ids, largest + 1);
  }

  OptionalInt id(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Throws unless every token has a row in the model's embedding. */
  void requireFits(Architecture architecture) {
    if (size <= architecture.vocabSize()) {
      return;
    }
    Map.Entry<String, Integer> largest =
        ids.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    throw new UserException(
        "%s has a token %s with id %d, but the model's vocab_size is %d; expected ids below that: use the tokenizer that the model was trained with"
            .formatted(
                file, quote(largest.getKey()), largest.getValue(), architecture.vocabSize()));
  }

  private static void put(Map<String, Integer> ids, Path file, String token, JsonNode id) {
    if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
      throw new UserException(
          "%s: the id of token %s is %s; expected an integer of at least 0"
              .formatted(file, quote(token), id));
    }
    ids.put(token, id.intValue());
  }

  private static String quote(String token) {
    return '"' + (token.length() <= 40 ? token : token.substring(0, 40) + "...") + '"';
  }

  private static UserException unknownForm(Path file) {
    return new UserException(
        file
            + ": model.vocab is missing or no vocabulary; expected a tokenizer.json of Hugging Face tokenizers");
  }
}
