package io.hone.executor.table;

import java.io.Serializable;

/**
 * What one scorer said of one completion, as stored.
 *
 * @param value before weighting; meaningless unless {@code valid}
 * @param confidence from 0 to 1
 * @param valid whether the scorer could tell at all
 * @param reason why not, or what the scorer found; null if it had nothing to say
 * @param weight factor of the value in the reward, as the step had it
 * @param varianceShare share of the component in the variance of its group's rewards; null where
 *     these are all equal or the component has no weight
 */
public record ComponentScore(
    double value,
    double confidence,
    boolean valid,
    @NullableColumn String reason,
    double weight,
    Double varianceShare)
    implements Serializable {}
