package io.hone.executor.gradient;

import io.hone.kernels.checkpoint.FlatWeights;
import java.io.Serializable;

/**
 * What a gradient task computed.
 *
 * @param summary what it is of
 * @param gradient its share of the gradient
 */
public record GradientReport(GradientSummary summary, FlatWeights gradient)
    implements Serializable {}
