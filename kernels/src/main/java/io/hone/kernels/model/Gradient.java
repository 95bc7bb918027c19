package io.hone.kernels.model;

import io.hone.kernels.checkpoint.FlatWeights;
import java.io.Serializable;

/**
 * The gradient of a task's share of the loss.
 *
 * @param gradient one number per parameter in the model's layout, already divided by the global
 *     normaliser, so that tasks' gradients are added
 * @param statistics what was seen on the way
 */
public record Gradient(FlatWeights gradient, LossStatistics statistics) implements Serializable {}
