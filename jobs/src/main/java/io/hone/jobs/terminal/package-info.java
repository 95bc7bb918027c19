/**
 * How commands talk: streams, progress, aligned tables. What they say is the business of the
 * commands.
 */
package io.hone.jobs.terminal;
