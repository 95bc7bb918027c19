package io.hone.executor.shard;

import io.hone.executor.gradient.GradientSummary;
import java.io.Serializable;
import java.util.List;

/**
 * What the driver needs to know of a shard of the gradient.
 *
 * @param squares sum of squares of each of its blocks
 * @param summaries of the tasks that it is the sum of, in order of partition
 * @param seconds wall-clock time of summing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GradientShardReport(double[] squares, List<GradientSummary> summaries, double seconds)
    implements Serializable {}
