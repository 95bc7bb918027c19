package io.hone.kernels.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The tokenizer of a new checkpoint. */
public interface TokenizerFiles {
  /**
   * The files of a checkpoint directory that make up its tokenizer and chat template; few have all.
   */
  List<String> NAMES =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "tokenizer.model",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "chat_template.jinja",
          "chat_template.json");

  /** The largest token id, plus one; the model's vocabulary must be at least as large. */
  int size();

  /** The ids that the checkpoint's {@code generation_config.json} names. */
  GenerationConfig generationConfig();

  /**
   * Writes those of {@link #NAMES} that this tokenizer has.
   *
   * @param directory an existing directory without any of them
   */
  void writeTo(Path directory) throws IOException;
}
