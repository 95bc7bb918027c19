/**
 * Data sets: JSON lines to prompts, fine-tuning examples and preferences, and which of them steps
 * take, in which order and by which curriculum.
 *
 * <p>Data is read on the driver through Hadoop's file systems, streamed line by line, and kept in
 * memory as token ids; no DataFrame is involved, since the order of rows, the line of an error and
 * the occurrence of a prompt must not depend on how Spark splits files.
 */
package io.hone.driver.data;
