package io.hone.conf;

import java.io.Serializable;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written {@code 64MB}; units are powers of 1024, as Spark reads them. */
public record DataSize(long bytes) implements Serializable {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})(B|KB|MB|GB|TB)");
  private static final Map<String, Integer> SHIFTS =
      Map.of("B", 0, "KB", 10, "MB", 20, "GB", 30, "TB", 40);

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes: " + bytes + " (expected >= 0)");
    }
  }

  /**
   * Reads {@code 64MB}.
   *
   * @throws IllegalArgumentException if the text has another form or is 2^63 bytes or more
   */
  public static DataSize parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a data size: " + text);
    }
    long unit = 1L << SHIFTS.get(matcher.group(2));
    return new DataSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
  }
}
