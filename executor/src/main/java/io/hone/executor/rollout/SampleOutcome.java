package io.hone.executor.rollout;

import io.hone.executor.reward.Reward;
import java.io.Serializable;

/**
 * What became of one completion.
 *
 * @param group index of its group in the step
 * @param sample index in the group
 * @param reward its reward with every component
 * @param promptTokens length of the prompt
 * @param completionTokens length of the completion, stop token included
 * @param truncated whether it ended for want of room
 */
public record SampleOutcome(
    int group, int sample, Reward reward, int promptTokens, int completionTokens, boolean truncated)
    implements Serializable {}
