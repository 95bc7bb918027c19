package io.hone.kernels.model;

/** Why a completion ended. */
public enum FinishReason {
  /** A stop token was drawn; it is the last of the completion's token ids. */
  STOP,
  /** The maximum of new tokens, or the end of the model's context, was reached first. */
  LENGTH
}
