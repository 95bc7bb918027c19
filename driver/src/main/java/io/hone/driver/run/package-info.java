/**
 * The run directory and its commit protocol: what a run leaves on a file system, who may write to
 * it, and what of it counts.
 *
 * <p>A step exists once its manifest does. Everything else is written under temporary names, moved
 * to its place without ever replacing anything, and published by the manifest, atomically and last.
 * Only the driver with the highest epoch may publish. What a step consists of is decided elsewhere
 * ({@code io.hone.driver}); how tables are encoded is {@code io.hone.executor.table}'s matter.
 */
package io.hone.driver.run;
