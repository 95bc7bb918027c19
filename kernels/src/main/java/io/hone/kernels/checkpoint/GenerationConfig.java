package io.hone.kernels.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The token ids that steer generation: those of {@code generation_config.json} or, for each that it
 * lacks, of {@code config.json}.
 *
 * @param endTokenIds ids that end a completion ({@code eos_token_id}); empty if none is known
 * @param beginTokenId id that begins a text ({@code bos_token_id})
 * @param padTokenId id that fills up batches ({@code pad_token_id})
 */
public record GenerationConfig(
    List<Integer> endTokenIds, OptionalInt beginTokenId, OptionalInt padTokenId) {
  static final String NAME = "generation_config.json";

  public GenerationConfig {
    endTokenIds = List.copyOf(endTokenIds);
  }

  /**
   * @throws io.hone.conf.UserException if an id is not one of the vocabulary
   */
  static GenerationConfig read(Path directory, JsonObject config, int vocabSize) {
    Optional<JsonObject> generation = JsonObject.readIfPresent(directory.resolve(NAME));
    return new GenerationConfig(
        ids(generation, config, "eos_token_id", vocabSize),
        first(ids(generation, config, "bos_token_id", vocabSize)),
        first(ids(generation, config, "pad_token_id", vocabSize)));
  }

  private static List<Integer> ids(
      Optional<JsonObject> generation, JsonObject config, String key, int vocabSize) {
    JsonObject source = generation.filter(json -> json.has(key)).orElse(config);
    // Early conversions of Llama write -1 for "none".
    List<Integer> ids = source.integers(key).stream().filter(id -> id != -1).toList();
    for (int id : ids) {
      if (id < 0 || id >= vocabSize) {
        throw source.wrong(key, id, "an id from 0 to " + (vocabSize - 1) + ", by vocab_size");
      }
    }
    return ids;
  }

  private static OptionalInt first(List<Integer> ids) {
    return ids.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ids.get(0));
  }
}
