package io.hone.executor.model;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SerializableWritable;
import org.apache.spark.broadcast.Broadcast;

/**
 * What every task of a run needs and no task changes.
 *
 * @param tokenizer of the model
 * @param hadoop how to reach files
 */
public record TaskResources(
    Broadcast<TokenizerFiles> tokenizer, Broadcast<SerializableWritable<Configuration>> hadoop)
    implements Serializable {}
