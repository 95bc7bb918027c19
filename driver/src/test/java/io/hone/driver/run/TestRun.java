package io.hone.driver.run;

import io.hone.executor.table.AdvantageRow;
import io.hone.executor.table.TableFile;
import io.hone.executor.table.Tables;
import io.hone.executor.table.TaskOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A run directory in tests, and drivers that work on it. */
final class TestRun {
  final Path root;
  final MutableClock clock = new MutableClock();
  private final String location;
  private Configuration conf;
  private boolean driversDie;

  TestRun(Path root) {
    this.root = root;
    this.location = root.toString();
    this.conf = new Configuration(false);
  }

  /** A run that is not on a local disk. */
  TestRun(String location, Configuration conf) {
    this.root = null;
    this.location = location;
    this.conf = conf;
  }

  /** A configuration for the drivers and readers from here on. */
  TestRun with(Configuration changed) {
    this.conf = changed;
    return this;
  }

  /** Earlier drivers are found dead from here on. */
  TestRun killDrivers() {
    driversDie = true;
    return this;
  }

  RunDirectory open() {
    ProcessIdentity self = new ProcessIdentity("host", 1, Optional.of(Instant.EPOCH));
    return RunDirectory.open(location, conf, clock, self, other -> !driversDie);
  }

  CommittedRun committed() {
    return CommittedRun.open(location, conf);
  }

  /** What a task leaves behind. */
  TableFile attempt(RunDirectory directory, int step, int partition, long attempt) {
    List<AdvantageRow> rows =
        List.of(
            new AdvantageRow(step, "p" + partition, 0, 0, 1.0, attempt, true, null, 1),
            new AdvantageRow(step, "p" + partition, 0, 1, null, 0, false, "invalid", 0));
    return Tables.ADVANTAGES.write(
        directory.committed().layout().rollouts(step),
        new TaskOutput(directory.epoch(), partition, attempt),
        rows,
        conf);
  }

  /** Puts the next step together and commits it. */
  Manifest step(RunDirectory directory, boolean withCheckpoint) {
    int step = directory.committed().steps();
    StepCommit commit = directory.beginStep(step);
    commit.addRollouts(List.of(attempt(directory, step, 1, 7), attempt(directory, step, 0, 5)));
    if (withCheckpoint) {
      writeCheckpoint(commit.checkpointStaging(), step);
      commit.addCheckpoint();
    }
    return commit.commit(step + 1, 0xabcL + step, metrics(step));
  }

  static Map<String, Object> metrics(int step) {
    return Map.of("reward/mean", step / 4.0);
  }

  static void writeCheckpoint(Path directory, int step) {
    try {
      Files.createDirectories(directory.resolve("more"));
      Files.writeString(directory.resolve("config.json"), "{\"step\":" + step + "}");
      Files.write(directory.resolve("more/weights"), new byte[5_000]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Paths of all files below the root, relative to it, sorted. */
  List<String> files() {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #files}, without the records of drivers. */
  List<String> filesOfSteps() {
    return files().stream().filter(file -> !file.startsWith("drivers/")).toList();
  }

  List<String> journal() throws IOException {
    Path journal = root.resolve("metrics.jsonl");
    return Files.exists(journal) ? Files.readAllLines(journal, StandardCharsets.UTF_8) : List.of();
  }
}
