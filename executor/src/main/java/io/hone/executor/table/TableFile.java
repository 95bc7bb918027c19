package io.hone.executor.table;

import java.io.Serializable;

/**
 * A file that a task wrote, under the name of its attempt.
 *
 * @param path full path
 * @param partition number of the task's partition, from 0
 * @param rows number of rows
 * @param length in bytes
 * @param crc32c CRC-32C of the bytes as they left the writer
 */
public record TableFile(String path, int partition, long rows, long length, int crc32c)
    implements Serializable {}
