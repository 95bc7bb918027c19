package io.hone.kernels.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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

  /**
   * Copies those of {@link #NAMES} that the source has. The copies are writable, whatever the
   * source's permissions.
   */
  static void copy(Path source, Path target) throws IOException {
    for (String name : NAMES) {
      copyIfPresent(source.resolve(name), target.resolve(name));
    }
  }

  /** Copies a file's bytes, but not its permissions. */
  static void copyIfPresent(Path source, Path target) throws IOException {
    if (Files.isRegularFile(source)) {
      try (InputStream bytes = Files.newInputStream(source)) {
        Files.copy(bytes, target);
      }
    }
  }
}
