package io.hone.executor.gradient;

import java.io.Serializable;

/**
 * A prompt and the completion to learn.
 *
 * @param tokenIds both
 * @param promptLength tokens of the prompt, at least 1 and fewer than all
 * @param seed of what is random while learning it
 */
public record TokenSequence(int[] tokenIds, int promptLength, long seed) implements Serializable {}
