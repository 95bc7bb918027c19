package io.hone.kernels.model;

/** What is minimised. */
public enum LossKind {
  /** A {@link PolicyLoss} with optional KL and entropy terms. */
  POLICY,
  /** Negative log-likelihood of the tokens under the mask: supervised fine-tuning. */
  SFT,
  /** Only the {@link ValueLoss} of a critic. */
  VALUE
}
