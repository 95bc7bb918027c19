package io.hone.executor.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tokenizers in this JVM, made once from the files that were broadcast. */
public final class ResidentTokenizers {
  private static final Map<Long, Tokenizer> TOKENIZERS = new ConcurrentHashMap<>();

  private ResidentTokenizers() {}

  /** The tokenizer of {@code files}; it lives as long as the JVM. */
  public static Tokenizer get(TokenizerFiles files) {
    return TOKENIZERS.computeIfAbsent(files.fingerprint(), absent -> open(files));
  }

  private static Tokenizer open(TokenizerFiles files) {
    try {
      Path directory = Files.createTempDirectory("hone-tokenizer");
      try {
        files.writeTo(directory);
        return Tokenizer.open(directory, Architecture.read(directory));
      } finally {
        for (String name : files.files().keySet()) {
          Files.deleteIfExists(directory.resolve(name));
        }
        Files.deleteIfExists(directory);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the tokenizer could not be unpacked", failure);
    }
  }
}
