package io.hone.jobs.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at the memory of another JVM of this machine.
 *
 * @param pid its process id
 */
record JvmMemory(long pid) {
  private static final Pattern LIVE = Pattern.compile("Total +\\d+ +(\\d+)");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final long KIBIBYTE = 1024;

  /**
   * Bytes of the objects that a full collection leaves, counted before the process goes on: what is
   * used a moment later has what it allocated meanwhile, tens of MiB.
   */
  long liveHeap() {
    return number(LIVE, jcmd("GC.class_histogram"));
  }

  /**
   * Bytes of main memory that the process holds: its heap as far as ever touched, and all that is
   * not heap.
   */
  long resident() {
    try {
      return number(RESIDENT, Files.readString(Path.of("/proc", String.valueOf(pid), "status")))
          * KIBIBYTE;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String jcmd(String command) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  String.valueOf(pid),
                  command)
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in: " + text);
    }
    return Long.parseLong(matcher.group(1));
  }
}
