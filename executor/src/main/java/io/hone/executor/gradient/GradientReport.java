package io.hone.executor.gradient;

import io.hone.executor.model.WeightsUsed;
import io.hone.kernels.model.Gradient;
import java.io.Serializable;

/**
 * What a gradient task returns.
 *
 * @param partition the task's index in the plan
 * @param gradient its share of the gradient and of the statistics
 * @param weights what it computed with
 * @param seconds wall-clock time of the task
 */
public record GradientReport(int partition, Gradient gradient, WeightsUsed weights, double seconds)
    implements Serializable {}
