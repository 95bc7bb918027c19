package io.hone.kernels.model;

/**
 * Weights and moments of a range of a layout, at most {@link
 * io.hone.kernels.checkpoint.FlatWeights#CHUNK} numbers each. Not to be written to.
 *
 * @param weights fp32
 * @param firstMoment running mean of gradients
 * @param secondMoment running mean of squared gradients
 */
@SuppressWarnings("ArrayRecordComponent") // goes to tensor libraries as arrays; never compared
public record AdamWChunk(float[] weights, float[] firstMoment, float[] secondMoment) {}
