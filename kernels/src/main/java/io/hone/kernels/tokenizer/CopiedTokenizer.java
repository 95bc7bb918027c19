package io.hone.kernels.tokenizer;

import io.hone.kernels.checkpoint.GenerationConfig;
import io.hone.kernels.checkpoint.JsonObject;
import io.hone.kernels.checkpoint.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The tokenizer of another checkpoint, file by file. */
public final class CopiedTokenizer implements TokenizerFiles {
  private final Path directory;
  private final int size;
  private final GenerationConfig generationConfig;

  private CopiedTokenizer(Path directory, int size, GenerationConfig generationConfig) {
    this.directory = directory;
    this.size = size;
    this.generationConfig = generationConfig;
  }

  /**
   * The tokenizer of a directory.
   *
   * @param directory one with a {@code tokenizer.json}; the ids of its {@code
   *     generation_config.json}, if it has one, or else of its special tokens are taken over
   * @throws io.hone.conf.UserException if {@code tokenizer.json} is missing or damaged
   */
  public static CopiedTokenizer of(Path directory) {
    Vocabulary vocabulary = Vocabulary.read(directory);
    SpecialTokens special = SpecialTokens.read(directory);
    Optional<JsonObject> generation =
        JsonObject.readIfPresent(directory.resolve("generation_config.json"));
    List<Integer> ends = ids(generation, "eos_token_id", vocabulary, special, SpecialTokens.END);
    List<Integer> begins =
        ids(generation, "bos_token_id", vocabulary, special, SpecialTokens.BEGIN);
    List<Integer> pads = ids(generation, "pad_token_id", vocabulary, special, SpecialTokens.PAD);
    return new CopiedTokenizer(
        directory, vocabulary.size(), new GenerationConfig(ends, first(begins), first(pads)));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public GenerationConfig generationConfig() {
    return generationConfig;
  }

  @Override
  public void writeTo(Path target) throws IOException {
    TokenizerFiles.copy(directory, target);
  }

  private static List<Integer> ids(
      Optional<JsonObject> generation,
      String key,
      Vocabulary vocabulary,
      SpecialTokens special,
      String token) {
    if (generation.isPresent() && generation.get().has(key)) {
      return generation.get().integers(key);
    }
    OptionalInt id = special.id(token, vocabulary);
    return id.isPresent() ? List.of(id.getAsInt()) : List.of();
  }

  private static OptionalInt first(List<Integer> ids) {
    return ids.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ids.get(0));
  }
}
