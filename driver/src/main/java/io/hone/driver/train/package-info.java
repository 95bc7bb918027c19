/**
 * The training loop: what a step is, in which order its parts happen, and what is committed. Work
 * on tensors and text happens in executor tasks, files of the run live in {@code
 * io.hone.driver.run}, gradients and weights travel through {@code io.hone.driver.exchange}.
 */
package io.hone.driver.train;
