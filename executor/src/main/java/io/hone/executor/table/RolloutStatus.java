package io.hone.executor.table;

/** How a sample of a step ended. Every (step, prompt, sample) ends in exactly one of these. */
public enum RolloutStatus {
  /** Sampled, and its reward is valid. */
  SCORED,
  /** Sampled, but its reward could not be computed; the components say why. */
  UNSCORED,
  /** Not sampled: the task gave up on this prompt. Its lists are empty. */
  FAILED
}
