/**
 * What a run promises, shown on the assembled home as a user runs it: the same weights on every
 * master, after every interruption and fault, learning, flat memory, and a plain word about bad
 * input. The tests start processes of their own and look at exit status, output and run directory;
 * what one class computes is tested beside that class.
 */
package io.hone.jobs.acceptance;
