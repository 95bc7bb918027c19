/** Digit completion: a task that reinforcement learning solves from random weights in minutes. */
package io.hone.jobs.digits;
