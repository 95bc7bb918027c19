package io.hone.kernels.model;

import java.io.Serializable;

/**
 * One sequence to be sampled: which prompt it continues and the key of its random numbers.
 *
 * <p>The uniform number that draws token {@code t} of the completion is {@link
 * KeyedUniform#at}{@code (seed, t)}, so the completion does not depend on the sequences decoded
 * beside it, nor on their order.
 *
 * @param prompt index into the list of prompts given to {@link LanguageModel#generate}
 * @param seed 64-bit key; every value is a good one
 */
public record SequenceKey(int prompt, long seed) implements Serializable {}
