package io.hone.executor.rollout;

import java.io.Serializable;

/**
 * How a critic's values make rewards into advantages and into what the critic learns, see {@link
 * io.hone.executor.advantage.Gae}.
 *
 * @param lambda of the advantages, 0 to 1
 * @param valueLambda of the critic's returns, 0 to 1
 * @param bootstrapTruncated whether a truncated completion goes on at its final value
 */
public record GaeSettings(double lambda, double valueLambda, boolean bootstrapTruncated)
    implements Serializable {}
