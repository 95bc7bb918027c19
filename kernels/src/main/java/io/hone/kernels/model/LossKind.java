package io.hone.kernels.model;

/** What is minimised. */
public enum LossKind {
  /** Clipped policy loss of PPO and GRPO with optional KL and entropy terms. */
  POLICY,
  /** Negative log-likelihood of the tokens under the mask: supervised fine-tuning. */
  SFT
}
