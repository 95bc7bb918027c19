package io.hone.executor.reward.code;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileUtil;

/**
 * Runs a program in a process of its own: with limits of time, memory and file size, no input, an
 * almost empty environment and a directory that is taken away behind it. With namespaces of Linux
 * it sees no network and no other process, and nothing that it started outlives it; without them,
 * what it started is ended as far as it can be found. It has the rights of the user who runs the
 * executor.
 *
 * @param limits of every process
 * @param namespaces whether to run it in namespaces of its own
 */
public record LimitedProcess(ProcessLimits limits, boolean namespaces) {
  private static final List<String> ISOLATION =
      List.of(
          "unshare",
          "--user",
          "--map-root-user",
          "--net",
          "--pid",
          "--mount-proc",
          "--fork",
          "--kill-child",
          "--");
  private static final String FILE = "{file}";

  /**
   * What became of a program.
   *
   * @param exit status; -1 of one that ran out of time
   * @param output what it wrote, standard output and error together, as far as the limit let it
   */
  public record Result(int exit, String output) {
    /** Whether it ended by itself with status 0. */
    public boolean succeeded() {
      return exit == 0;
    }
  }

  /**
   * Runs a program.
   *
   * @param command with {@code {file}} where the name of the program's file belongs
   * @param name of that file
   * @param program its text
   * @throws IOException if this machine cannot run it
   */
  public Result run(List<String> command, String name, String program) throws IOException {
    Path directory = Files.createTempDirectory("hone-code");
    try {
      // Not writeString, which refuses half of a surrogate pair.
      Path file = Files.write(directory.resolve(name), program.getBytes(StandardCharsets.UTF_8));
      Path output = directory.resolve("output.log");
      List<String> words = new ArrayList<>(namespaces ? ISOLATION : List.of());
      words.addAll(List.of("sh", "-c", limits.script(), "sh"));
      command.forEach(word -> words.add(word.replace(FILE, file.toString())));
      return run(words, directory, output);
    } finally {
      delete(directory);
    }
  }

  private Result run(List<String> words, Path directory, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.clear();
    environment.put("PATH", path);
    environment.put("HOME", directory.toString());
    environment.put("LANG", "C.UTF-8");
    int exit = exit(builder.start());
    return new Result(exit, read(output));
  }

  private int exit(Process process) throws IOException {
    try {
      return process.waitFor(limits.time().toMillis(), TimeUnit.MILLISECONDS)
          ? process.exitValue()
          : -1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a program ran", interrupted);
    } finally {
      end(process);
    }
  }

  private static void end(Process process) {
    // Those below it first: they are no longer to be found once it is gone.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  /** Which may be any bytes. */
  private String read(Path output) throws IOException {
    try (var bytes = Files.newInputStream(output)) {
      return new String(
          bytes.readNBytes((int) Math.min(limits.fileBytes(), Integer.MAX_VALUE)),
          StandardCharsets.UTF_8);
    }
  }

  /** Also where the program took away the right to. */
  private static void delete(Path directory) throws IOException {
    if (!FileUtil.fullyDelete(directory.toFile(), true)) {
      throw new IOException("cannot delete " + directory);
    }
  }
}
