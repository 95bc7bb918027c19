package io.hone.jobs.bench;

import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.model.ActivationMemory;
import io.hone.kernels.program.ResidentMemory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Peak memory of gradient calls, each measured by {@link MemoryProbe} in a JVM of its own: in one
 * JVM, a call finds what the one before left with the C library's allocator, and seems to need
 * nothing.
 */
public final class MemoryBenchmark {
  /**
   * The C library gives blocks from this size on back when they are freed. It starts with this
   * number and, unless told one, raises it as such blocks come and go, up to 32 MB; then what is
   * resident depends on how freed blocks lie.
   */
  private static final String MMAP_THRESHOLD = Integer.toString(128 << 10);

  /** Of a probe's heap, beside the weights as they are read and the gradient. */
  private static final long HEAP_BYTES = 256L << 20;

  private final Checkpoint checkpoint;
  private final long weightBytes;
  private final ActivationMemory activations;

  /**
   * @throws UserException if this system does not tell the peak of a process's memory
   */
  public MemoryBenchmark(Checkpoint checkpoint) {
    // Tells what is lacking once, before a process of its own would.
    new ResidentMemory();
    this.checkpoint = checkpoint;
    this.weightBytes = checkpoint.layout().size() * Float.BYTES;
    this.activations = ActivationMemory.of(checkpoint.architecture());
  }

  /**
   * Measures the gradient of a policy loss over one micro-batch of random tokens.
   *
   * @param batch sequences
   * @param tokens of each, at least 2, at most the model's context
   * @throws UserException if the process that measures ends before it is done: no memory
   */
  public MemoryPoint measure(int batch, int tokens, boolean recompute) {
    return new MemoryPoint(
        batch,
        tokens,
        recompute,
        weightBytes,
        probe(batch, tokens, recompute),
        weightBytes + activations.least(batch, tokens, recompute));
  }

  private long probe(int batch, int tokens, boolean recompute) {
    ProcessBuilder builder =
        new ProcessBuilder(command(batch, tokens, recompute))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MALLOC_MMAP_THRESHOLD_", MMAP_THRESHOLD);
    try {
      Process process = builder.start();
      try {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
          throw new UserException(
              "a batch of "
                  + batch
                  + " with "
                  + tokens
                  + " tokens: the process that measures it ended with status "
                  + status
                  + " (expected 0; it may lack memory: choose a smaller batch or fewer tokens)");
        }
        return Long.parseLong(out.strip());
      } finally {
        process.destroy();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("no process could be started to measure", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", interrupted);
    }
  }

  /** A JVM whose own memory changes as little as can be. */
  private List<String> command(int batch, int tokens, boolean recompute) {
    long heap = HEAP_BYTES + 2 * weightBytes;
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xms" + heap,
        "-Xmx" + heap,
        "-XX:+AlwaysPreTouch",
        "-XX:+UseSerialGC",
        // The second compiler takes megabytes for a while, at times of its own.
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath(MemoryBenchmark.class.getClassLoader()),
        MemoryProbe.class.getName(),
        checkpoint.directory().toString(),
        Integer.toString(batch),
        Integer.toString(tokens),
        Boolean.toString(recompute));
  }

  /** This JVM's, and what spark-submit has added to it. */
  static String classPath(ClassLoader loader) {
    List<String> entries = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    if (loader instanceof URLClassLoader submitted) {
      for (URL url : submitted.getURLs()) {
        entries.add(Path.of(URI.create(url.toString())).toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
