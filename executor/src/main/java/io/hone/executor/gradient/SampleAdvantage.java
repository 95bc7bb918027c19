package io.hone.executor.gradient;

import io.hone.executor.advantage.TokenAdvantage;
import java.io.Serializable;

/**
 * The advantages of the tokens of one completion.
 *
 * @param group index of its group in the step
 * @param sample index in the group
 * @param advantage what the loss multiplies each token's ratio with
 */
public record SampleAdvantage(int group, int sample, TokenAdvantage advantage)
    implements Serializable {}
