package io.hone.kernels.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** The tokenizer of a new checkpoint. */
public interface TokenizerFiles {
  /** The largest token id, plus one; the model's vocabulary must be at least as large. */
  int size();

  /** The ids that the checkpoint's {@code generation_config.json} names. */
  GenerationConfig generationConfig();

  /** Writes {@code tokenizer.json} and what belongs to it. */
  void writeTo(Path directory) throws IOException;
}
