/**
 * Spark as commands use it: started late, quiet, stopped at the end; one job whose results come in
 * order.
 */
package io.hone.jobs.spark;
