/** The command line and spark-submit entry points, recipes, reports. */
package io.hone.jobs;
