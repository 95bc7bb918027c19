/** Files that commands write: whole or not at all, and never over another one. */
package io.hone.jobs.output;
