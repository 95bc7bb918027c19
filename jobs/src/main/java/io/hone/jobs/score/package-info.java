/**
 * What {@code hone score}, {@code hone explain} and {@code hone bench score} read, by groups and
 * queries, and what they tell of rewards.
 */
package io.hone.jobs.score;
