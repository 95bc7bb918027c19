package io.hone.executor.gradient;

import java.io.Serializable;

/**
 * The advantage of one completion, the same for each of its tokens.
 *
 * @param group index of its group in the step
 * @param sample index in the group
 * @param advantage what the loss multiplies the ratio with
 */
public record SampleAdvantage(int group, int sample, float advantage) implements Serializable {}
