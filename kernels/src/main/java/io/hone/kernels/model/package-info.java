/**
 * A language model on one device and what training and rollouts ask of it: sampling, token
 * log-probabilities, policy gradients and AdamW, with the records that go in and come out.
 *
 * <p>No tensor of another library appears in a public signature, and nothing here knows of Spark,
 * configuration files, rewards or text. Checkpoint files live in {@code
 * io.hone.kernels.checkpoint}, the machinery that runs programs in {@code io.hone.kernels.program}.
 */
package io.hone.kernels.model;
