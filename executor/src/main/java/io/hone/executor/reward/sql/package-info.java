/**
 * Queries in Spark SQL over tables of a few rows, run inside a task: Spark's own parser, analyser
 * and expressions, without a session, a job or a file.
 *
 * <p>{@link io.hone.executor.reward.sql.SqlTables} are the tables, {@link
 * io.hone.executor.reward.sql.SqlStatement} what was written, {@link
 * io.hone.executor.reward.sql.QueryOutcome} what came of running it. Operators are interpreted row
 * by row and every row is counted, so that what never ends is stopped after the same step on every
 * machine; only operators, expressions and functions on lists here are run, none of which reads a
 * clock, a file or randomness. What answers are worth is not decided here.
 */
package io.hone.executor.reward.sql;
