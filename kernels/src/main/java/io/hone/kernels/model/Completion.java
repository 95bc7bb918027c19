package io.hone.kernels.model;

import java.io.Serializable;

/**
 * What was sampled after a prompt; the arrays have one element per generated token.
 *
 * @param tokenIds generated tokens, the stop token included
 * @param logprobs log-probability of each under the policy at the sampling temperature, before
 *     penalties and filters (at temperature 0: at temperature 1)
 * @param filteredLogprobs log-probability of each under the distribution it was drawn from (0 when
 *     greedy)
 * @param finishReason why it ended
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers; never compared
public record Completion(
    int[] tokenIds, float[] logprobs, float[] filteredLogprobs, FinishReason finishReason)
    implements Serializable {}
