package io.hone.conf;

import java.io.Serializable;

/**
 * Where a value of the configuration was written.
 *
 * @param source a file, {@code preset NAME}, {@code command line}, {@code computed} or {@code
 *     default}
 * @param line the line in it, from 1; 0 if it has none
 */
public record Origin(String source, int line) implements Serializable {
  /** Of values that nobody set. */
  public static final Origin DEFAULT = new Origin("default", 0);

  /** Of {@code key=value} arguments. */
  public static final Origin COMMAND_LINE = new Origin("command line", 0);

  /** Of values that Hone itself adds to what was configured. */
  public static final Origin COMPUTED = new Origin("computed", 0);

  /** {@code runs/dog.yaml:12}, or the source alone. */
  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
