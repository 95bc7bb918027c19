package io.hone.executor.table;

import java.io.Serializable;

/**
 * What one scorer said of one completion, as stored.
 *
 * @param value before weighting; meaningless unless {@code valid}
 * @param confidence from 0 to 1
 * @param valid whether the scorer could tell at all
 * @param reason why not, or what the scorer found; null if it had nothing to say
 */
public record ComponentScore(
    double value, double confidence, boolean valid, @NullableColumn String reason)
    implements Serializable {}
