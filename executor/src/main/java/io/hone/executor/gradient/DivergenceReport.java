package io.hone.executor.gradient;

import io.hone.executor.model.WeightsUsed;
import java.io.Serializable;

/**
 * What a divergence task returns.
 *
 * @param partition the task's index in the plan
 * @param logRatios of each of its sequences
 * @param weights what it computed with
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DivergenceReport(int partition, double[] logRatios, WeightsUsed weights)
    implements Serializable {}
