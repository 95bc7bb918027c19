package io.hone.driver.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.conf.UserException;
import io.hone.executor.table.StorageFailures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code metrics.jsonl}, one line for each committed step, for people and plots to follow. Nothing
 * is read from it but by {@link #repair}; the truth is in each step's {@code metrics.json}.
 */
final class MetricsJournal {
  private final CommitStore store;
  private final RunLayout layout;

  MetricsJournal(CommitStore store, RunLayout layout) {
    this.store = store;
    this.layout = layout;
  }

  /** Adds the line of a step that was just committed. */
  void append(JsonNode metrics) {
    byte[] line = (Json.line(metrics) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      if ("file".equals(store.fileSystem().getUri().getScheme())) {
        appendLocally(LocalFiles.local(layout.journal()), line);
      } else {
        // Object stores cannot append, and HDFS needs a healthy pipeline to; the file is small.
        byte[] before = store.readIfPresent(layout.journal()).orElse(new byte[0]);
        byte[] after = Arrays.copyOf(before, before.length + line.length);
        System.arraycopy(line, 0, after, before.length, line.length);
        store.replace(layout.journal(), after);
      }
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(layout.journal(), e);
    }
  }

  private static void appendLocally(java.nio.file.Path file, byte[] line) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = channel.size();
      channel.position(end);
      try {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    }
  }

  /** Makes the journal say what is committed: each step once, in order, and nothing else. */
  void repair(CommittedRun run) {
    try {
      Optional<byte[]> present = store.readIfPresent(layout.journal());
      Map<Integer, String> lines = lines(present.orElse(new byte[0]));
      StringBuilder expected = new StringBuilder();
      for (int step = 0; step < run.steps(); step++) {
        String line = lines.get(step);
        expected.append(line == null ? lineOf(run, step) : line).append('\n');
      }
      byte[] bytes = expected.toString().getBytes(StandardCharsets.UTF_8);
      if (!Arrays.equals(bytes, present.orElse(new byte[0]))) {
        store.replace(layout.journal(), bytes);
      }
    } catch (IOException e) {
      throw StorageFailures.cannotRead(layout.journal(), e);
    }
  }

  /** The lines that are whole, by step; the first of a step counts. */
  private static Map<Integer, String> lines(byte[] journal) {
    Map<Integer, String> lines = new HashMap<>();
    for (String line : new String(journal, StandardCharsets.UTF_8).split("\n", -1)) {
      try {
        JsonNode metrics = Json.parse(line.getBytes(StandardCharsets.UTF_8));
        lines.putIfAbsent((int) Json.number(metrics, "step"), line);
      } catch (IllegalArgumentException torn) {
        // Its step gets a new line.
      }
    }
    return lines;
  }

  private String lineOf(CommittedRun run, int step) {
    try {
      return Json.line(Json.parse(run.metrics(step).getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s is damaged: %s. Expected the metrics of a committed step: restore the file"
              .formatted(layout.metrics(step), e.getMessage()),
          e);
    }
  }
}
