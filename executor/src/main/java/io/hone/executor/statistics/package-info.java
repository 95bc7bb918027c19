/**
 * Numbers about numbers, each computed in one way and in a fixed order: count, mean and deviation,
 * and how far a number is from those. What they are about, rewards and advantages and metrics, is
 * elsewhere.
 */
package io.hone.executor.statistics;
