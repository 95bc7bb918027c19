package io.hone.executor.reward.code;

import java.time.Duration;
import java.util.Locale;

/**
 * What a program may use.
 *
 * @param time on the clock, and of a processor rounded up to seconds, above 0
 * @param memoryBytes address space of each process
 * @param fileBytes size of each file that it writes, its output included
 */
public record ProcessLimits(Duration time, long memoryBytes, long fileBytes) {
  private static final int BLOCK = 512;

  /** Sets the limits, then becomes the command that follows: a shell script of POSIX. */
  String script() {
    long seconds = Math.max(1, (time.toMillis() + 999) / 1000);
    return String.format(
        Locale.ROOT,
        "ulimit -c 0 && ulimit -t %d && ulimit -v %d && ulimit -f %d && exec \"$@\"",
        seconds,
        Math.max(1, memoryBytes / 1024),
        Math.max(1, fileBytes / BLOCK));
  }
}
