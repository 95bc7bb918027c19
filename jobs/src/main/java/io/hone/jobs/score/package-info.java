/** What {@code hone score} and {@code hone explain} tell of rewards. */
package io.hone.jobs.score;
