/**
 * How what happened in a Spark task gets back to the driver. What tasks do is the business of the
 * packages beside this one.
 */
package io.hone.executor.task;
