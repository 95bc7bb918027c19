package io.hone.driver.run;

/**
 * A committed file.
 *
 * @param path relative to the run directory, with slashes
 * @param length in bytes
 * @param crc32c CRC-32C of its bytes
 */
public record FileEntry(String path, long length, int crc32c) {}
