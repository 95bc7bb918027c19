/**
 * What runs inside the tasks of the sharded exchange: slices of gradients are summed shard by
 * shard, and each shard's weights and optimiser state are updated and stored, version by version,
 * by one task. When that happens is the driver's business.
 */
package io.hone.executor.shard;
