package io.hone.executor.reward;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.RandomCheckpoint;
import io.hone.kernels.tokenizer.CharacterTokenizer;
import java.nio.file.Path;

/** A random checkpoint whose tokens are the characters a, b, c and space. */
public final class TinyCheckpoint {
  public static final int HIDDEN_SIZE = 8;

  private TinyCheckpoint() {}

  /** Writes one that is not there yet. */
  public static Path write(Path directory) {
    CharacterTokenizer tokenizer = CharacterTokenizer.of("abc ");
    RandomCheckpoint.write(
        directory,
        Architecture.standard(
            Family.LLAMA, tokenizer.size(), HIDDEN_SIZE, 16, 1, 2, 2, 4, 32, 1e4, false),
        0,
        0.2,
        tokenizer);
    return directory;
  }
}
