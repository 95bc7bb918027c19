/** The training loop, data sets, exchange, journal, checkpoints, metrics. */
package io.hone.driver;
