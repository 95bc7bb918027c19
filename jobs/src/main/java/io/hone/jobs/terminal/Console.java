package io.hone.jobs.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out what was asked for
 * @param err everything about the work: progress, summaries, errors
 * @param terminal whether a person is looking on, so that a line may be rewritten in place
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {

  /**
   * Set by {@code bin/hone} where standard error is a terminal, which Java cannot tell of itself.
   */
  private static final String TERMINAL_VARIABLE = "HONE_TERMINAL";

  /**
   * The console of this process. Always UTF-8: in a container without a locale Java would replace
   * most characters of a completion by question marks.
   */
  public static Console ofProcess() {
    return new Console(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        System.getenv(TERMINAL_VARIABLE) != null);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
