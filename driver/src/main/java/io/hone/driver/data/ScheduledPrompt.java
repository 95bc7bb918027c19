package io.hone.driver.data;

import java.io.Serializable;

/**
 * A prompt in a step: one group.
 *
 * @param prompt from the data set
 * @param occurrence which time this prompt id comes up in the step, from 0
 * @param group place of the group in the step, from 0
 */
public record ScheduledPrompt(Prompt prompt, int occurrence, int group) implements Serializable {}
