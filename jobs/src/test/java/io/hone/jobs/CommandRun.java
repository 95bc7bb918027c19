package io.hone.jobs;

import io.hone.jobs.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a command did, run in this JVM on Spark's {@code local[2]}.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error, as far as Hone writes it
 */
record CommandRun(int status, String out, String err) {
  private static final String MASTER = "spark.master";

  /** Runs a command; arguments are text or paths. */
  static CommandRun of(Object... arguments) {
    return on("local[2]", arguments);
  }

  /** Runs a command on a master of its own. */
  static CommandRun on(String master, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(utf8(out), utf8(err), false);
    String before = System.getProperty(MASTER);
    System.setProperty(MASTER, master);
    try {
      int status =
          new Hone(console)
              .run(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
      return new CommandRun(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      if (before == null) {
        System.clearProperty(MASTER);
      } else {
        System.setProperty(MASTER, before);
      }
    }
  }

  /** Makes a small model with a character tokenizer. */
  static Path model(Path directory, Object... options) {
    Object[] arguments = {
      "init-model",
      "--arch",
      "llama",
      "--hidden-size",
      "32",
      "--max-positions",
      "64",
      "--output",
      directory
    };
    Object[] all = Arrays.copyOf(arguments, arguments.length + options.length);
    System.arraycopy(options, 0, all, arguments.length, options.length);
    CommandRun made = of(all);
    if (made.status() != 0) {
      throw new IllegalStateException(made.err());
    }
    return directory;
  }

  private static PrintStream utf8(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
