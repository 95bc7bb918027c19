package io.hone.kernels.model;

import io.hone.kernels.checkpoint.FlatWeights;

/**
 * The outcome of one update.
 *
 * @param weights new weights; the old ones if not applied
 * @param state new state; the old one if not applied
 * @param gradientNorm global norm of the gradient before clipping; NaN or infinite if a gradient
 *     was
 * @param applied false if the gradient was not finite: nothing changed, and the update does not
 *     count
 */
public record AdamWUpdate(
    FlatWeights weights, AdamWState state, double gradientNorm, boolean applied) {}
