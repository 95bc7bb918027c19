package io.hone.driver.run;

/**
 * A committed file.
 *
 * @param path relative to the run directory, with slashes
 * @param length in bytes
 * @param crc32c CRC-32C of its bytes
 */
public record FileEntry(String path, long length, int crc32c) {
  /**
   * @throws IllegalArgumentException if the path leaves the run directory or the length is negative
   */
  public FileEntry {
    if (path.isEmpty() || path.startsWith("/") || ("/" + path + "/").contains("/../")) {
      throw new IllegalArgumentException("path \"" + path + "\" is not inside the run directory");
    }
    if (length < 0) {
      throw new IllegalArgumentException("length of " + path + " is " + length);
    }
  }
}
