package io.hone.executor.gradient;

import java.io.Serializable;

/**
 * The share of one task in a mini-batch.
 *
 * @param partition index of the task, which fixes its place in the sum of gradients
 * @param source its samples
 */
public record GradientAssignment(int partition, SampleSource source) implements Serializable {}
