/**
 * How the rewards of a step become the advantages that the policy loss consumes: pure functions of
 * plain numbers. How rewards come about is in {@link io.hone.executor.reward}; losses are kernels.
 *
 * <p>An estimator says what each token's advantage is as a function of the token's return ({@link
 * io.hone.executor.advantage.TokenAdvantage}), and knows of tokens only their {@link
 * io.hone.executor.statistics.Moments}; the returns themselves never leave the tasks.
 */
package io.hone.executor.advantage;
