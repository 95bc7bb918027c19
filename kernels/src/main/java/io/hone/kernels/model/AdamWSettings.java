package io.hone.kernels.model;

import java.io.Serializable;

/**
 * Hyper-parameters of {@link AdamW} that do not change during a run.
 *
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled decay; norms and biases are left out
 * @param maxGradientNorm gradients with a larger global norm are scaled down to it; 0 is off
 */
public record AdamWSettings(
    double beta1, double beta2, double epsilon, double weightDecay, double maxGradientNorm)
    implements Serializable {}
