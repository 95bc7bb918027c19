package io.hone.kernels.checkpoint;

/** What a decoder makes of its last hidden states. */
public enum Head {
  /** Logits of the next token: transformers' {@code ...ForCausalLM}. */
  LANGUAGE,
  /** One number: transformers' {@code ...ForSequenceClassification} with one label. */
  VALUE,
  /** Both on one backbone; Hone's own, stored as two checkpoints. */
  LANGUAGE_AND_VALUE;

  /** Whether there are logits. */
  public boolean hasLogits() {
    return this != VALUE;
  }

  /** Whether there is a value. */
  public boolean hasValue() {
    return this != LANGUAGE;
  }
}
