package io.hone.executor.gradient;

import java.io.Serializable;

/**
 * A prompt and the completion to learn.
 *
 * @param tokenIds both
 * @param promptLength tokens of the prompt, at least 1 and fewer than all
 */
public record TokenSequence(int[] tokenIds, int promptLength) implements Serializable {}
