/**
 * How the rewards of a step become the advantages that the policy loss consumes: pure functions of
 * plain numbers. How rewards come about is in {@link io.hone.executor.reward}; losses are kernels.
 */
package io.hone.executor.advantage;
