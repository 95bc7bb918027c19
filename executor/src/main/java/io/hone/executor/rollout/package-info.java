/**
 * The rollout task: sampling completions of prompt groups, scoring them, and writing one row for
 * each, with the returns of its tokens, for a critic those of generalised advantage estimation.
 * Sampling itself is a kernel ({@code io.hone.kernels.model}), scoring lives in {@code
 * io.hone.executor.reward}, the rows in {@code io.hone.executor.table}.
 */
package io.hone.executor.rollout;
