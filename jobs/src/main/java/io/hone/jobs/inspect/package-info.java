/** Reports on what a run has committed. Nothing here writes to a run directory or needs Spark. */
package io.hone.jobs.inspect;
