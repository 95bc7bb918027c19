package io.hone.kernels.model;

import io.hone.kernels.checkpoint.FlatWeights;
import java.io.Serializable;

/**
 * What AdamW remembers between updates.
 *
 * @param firstMoment running mean of gradients, one number per parameter
 * @param secondMoment running mean of squared gradients, one number per parameter
 * @param updates updates applied so far
 */
public record AdamWState(FlatWeights firstMoment, FlatWeights secondMoment, long updates)
    implements Serializable {}
