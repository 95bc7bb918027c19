package io.hone.executor.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import java.io.Serializable;

/**
 * The weights of one version of a model, as they are broadcast.
 *
 * @param version grows by one with each applied update; the initial checkpoint is 0
 * @param architecture what the weights mean
 * @param weights all parameters, fp32
 * @param settings where and in which precision tasks compute with them
 */
public record PolicyVersion(
    long version, Architecture architecture, FlatWeights weights, ComputeSettings settings)
    implements Serializable {}
