/**
 * What {@code hone bench} measures: the work of a command, timed inside, with random tokens where
 * the numbers do not matter. Nothing here is used by a run.
 */
package io.hone.jobs.bench;
