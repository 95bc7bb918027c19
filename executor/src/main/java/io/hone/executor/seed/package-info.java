/**
 * Where randomness comes from: seeds made of the identity of what they are for, and permutations
 * made of seeds. Nothing here depends on partitions, task attempts, hosts or time. Random numbers
 * of the sampler, one for each token, are drawn inside the kernels from these seeds.
 */
package io.hone.executor.seed;
