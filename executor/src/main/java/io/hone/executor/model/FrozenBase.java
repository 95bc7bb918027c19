package io.hone.executor.model;

import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.LoraSettings;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * What an adapter adapts: weights that no update changes, and which are therefore sent once.
 *
 * @param weights all parameters of the model, fp32
 * @param lora the adapter's shape
 */
public record FrozenBase(Broadcast<FlatWeights> weights, LoraSettings lora)
    implements Serializable {}
