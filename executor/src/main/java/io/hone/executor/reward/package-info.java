/**
 * What a completion is worth: samples in, scores of each component, rewards of each group out.
 *
 * <p>A scorer is a pure function of one {@link io.hone.executor.reward.Sample}. A new one is one
 * class with its options record and one line in {@link io.hone.executor.reward.Scorers}. A {@link
 * io.hone.executor.reward.Combination} makes a component of earlier ones, for a query at a time; it
 * has its line in {@link io.hone.executor.reward.Combinations}. A score that could not be computed
 * is invalid and says why; it never counts as a zero.
 *
 * <p>What is worth having without a sample has rooms of its own: measures of text in {@link
 * io.hone.executor.reward.metric}, answers and calls of tools in {@link
 * io.hone.executor.reward.answer}, numbers and formulas in {@link io.hone.executor.reward.math},
 * texts as vectors in {@link io.hone.executor.reward.embedding}, the one room here that knows
 * checkpoints. Nothing but {@link io.hone.executor.reward.sql} knows Spark, whose SQL it runs
 * without a session, and nothing but {@link io.hone.executor.reward.code}, which runs programs,
 * reads a clock: work on hostile input is bounded by counting steps, so that a score is the same on
 * every machine. What rewards become for the loss is the business of {@link
 * io.hone.executor.advantage}.
 */
package io.hone.executor.reward;
