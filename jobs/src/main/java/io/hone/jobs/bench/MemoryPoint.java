package io.hone.jobs.bench;

/**
 * What one gradient call needed.
 *
 * @param batch sequences of the micro-batch
 * @param tokens of each sequence
 * @param recompute whether activations were computed a second time in the backward pass
 * @param weightBytes of the model, which is in memory before; its gradient, a part of the peak, has
 *     as many
 * @param peakBytes how far resident memory rose, at its highest, above what it was before
 * @param leastBytes what must be there at the same time by the shapes: the gradient, and {@link
 *     io.hone.kernels.model.ActivationMemory#least}
 */
public record MemoryPoint(
    int batch, int tokens, boolean recompute, long weightBytes, long peakBytes, long leastBytes) {}
