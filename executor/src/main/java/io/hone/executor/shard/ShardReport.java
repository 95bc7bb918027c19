package io.hone.executor.shard;

import java.io.Serializable;

/**
 * What a task returns that updated a shard.
 *
 * @param stored the next version
 * @param owner who has it in memory
 * @param resident whether the previous version was in memory, not read back
 * @param seconds wall-clock time of the task
 */
public record ShardReport(StoredShard stored, ShardOwner owner, boolean resident, double seconds)
    implements Serializable {}
