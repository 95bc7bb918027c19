package io.hone.executor.table;

import java.io.Serializable;

/**
 * Where and how long a row took to make: the only column that may differ between two runs of the
 * same step.
 *
 * @param executor the executor that made the row
 * @param generateSeconds time of the batch that the completion was sampled in
 * @param scoreSeconds time of its scorers
 */
public record Timings(String executor, double generateSeconds, double scoreSeconds)
    implements Serializable {}
