package io.hone.jobs.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A process that a test started, with its output in files. Closing it ends it and those that it
 * started, by their ids.
 */
final class ChildProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * How a process ended.
   *
   * @param status exit status, 128 + 9 after a SIGKILL
   * @param out standard output
   * @param err standard error
   */
  record Outcome(int status, String out, String err) {}

  /**
   * Starts a process.
   *
   * @param name of its output files
   * @param directory where they are, and where it runs
   */
  static ChildProcess start(String name, Path directory, List<String> command) {
    Path out = directory.resolve(name + ".out");
    Path err = directory.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder.environment().putAll(EmbeddedHome.environment());
    try {
      return new ChildProcess(name, builder.start(), out, err);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end. */
  Outcome await(Duration deadline) {
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " did not end within " + deadline + ":\n" + text(err));
      }
      return new Outcome(process.exitValue(), text(out), text(err));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + name, interrupted);
    }
  }

  /** Waits until something has come about while the process lives. */
  void awaitUntil(String what, Duration deadline, BooleanSupplier condition) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new AssertionError(
            name
                + " ended with status "
                + process.exitValue()
                + " before "
                + what
                + ":\n"
                + text(err));
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            name + ": " + what + " has not come about within " + deadline + ":\n" + text(err));
      }
      sleep();
    }
  }

  /** The processes that this one started and that live. */
  List<ProcessHandle> children() {
    return process.children().filter(ProcessHandle::isAlive).toList();
  }

  /** What it has written to standard error so far. */
  String err() {
    return text(err);
  }

  /** SIGKILL: the process gets no chance to do anything more. Its children are left to notice. */
  Outcome kill() {
    process.destroyForcibly();
    return await(GRACE);
  }

  /** SIGTERM, and SIGKILL for those that do not heed it. */
  @Override
  public void close() {
    List<ProcessHandle> family =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    family.forEach(ProcessHandle::destroy);
    long end = System.nanoTime() + GRACE.toNanos();
    for (ProcessHandle member : family) {
      while (member.isAlive() && System.nanoTime() < end) {
        sleep();
      }
      member.destroyForcibly();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
