/**
 * What tasks do for commands that work through a file of rows: completions, log-probabilities and
 * rewards of consecutive rows. Results depend on the rows and the settings, never on how many tasks
 * or executors there are. Reading the rows and writing the results is the driver's part, in {@code
 * io.hone.jobs}.
 */
package io.hone.executor.batch;
