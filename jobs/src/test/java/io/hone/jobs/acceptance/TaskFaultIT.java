package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Executors that die in the middle of a step leave no trace in its result. */
class TaskFaultIT {
  private static final int STEPS = 4;
  private static final int EXECUTORS = 2;

  /** Updates of a step of the reference run. */
  private static final int UPDATES = 4;

  @Test
  void killedExecutorsLeaveTheRunTheSame() throws IOException {
    RunContents expected = ReferenceRun.SEVERAL_UPDATES.contents();
    Path directory = EmbeddedHome.workDirectory("executors-killed");
    Path events = Files.createDirectory(directory.resolve("events"));
    RunContents run = new RunContents(directory.resolve("run"));
    TrainCommandLine command = command(events);
    try (ChildProcess driver = command.start(run.directory())) {
      driver.awaitUntil("step 1 samples", TrainCommandLine.DEADLINE, () -> run.isSampling(1));
      executors(driver).get(0).destroyForcibly();
      driver.awaitUntil("step 2 learns", TrainCommandLine.DEADLINE, () -> run.isLearning(2));
      executors(driver).forEach(ProcessHandle::destroyForcibly);

      ChildProcess.Outcome outcome = driver.await(TrainCommandLine.DEADLINE);
      assertThat(outcome.status()).as(outcome.err()).isZero();
    }
    run.requireSame(expected, STEPS);
    assertThat(run.executors(STEPS)).hasSizeGreaterThan(EXECUTORS);
    assertThat(lostTasks(events)).isPositive();
  }

  /** What a killed executor held of weights and optimiser state is read back. */
  @Test
  void shardsSurviveTheirExecutors() throws IOException {
    RunContents expected = ReferenceRun.SEVERAL_UPDATES.contents();
    Path directory = EmbeddedHome.workDirectory("shard-owners-killed");
    Path events = Files.createDirectory(directory.resolve("events"));
    RunContents run = new RunContents(directory.resolve("run"));
    TrainCommandLine command =
        command(events).with("training.exchange=sharded", "training.shards=3");
    try (ChildProcess driver = command.start(run.directory())) {
      driver.awaitUntil("step 1 samples", TrainCommandLine.DEADLINE, () -> run.isSampling(1));
      executors(driver).get(0).destroyForcibly();
      // Its first update has written a shard at least, and its second has not.
      int version = 2 * UPDATES + 1;
      driver.awaitUntil(
          "version " + version + " is written",
          TrainCommandLine.DEADLINE,
          () -> run.isStoring(version));
      executors(driver).forEach(ProcessHandle::destroyForcibly);

      ChildProcess.Outcome outcome = driver.await(TrainCommandLine.DEADLINE);
      assertThat(outcome.status()).as(outcome.err()).isZero();
    }
    run.requireSame(expected, STEPS);
    assertThat(run.executors(STEPS)).hasSizeGreaterThan(EXECUTORS);
    assertThat(run.directory().resolve("exchange")).doesNotExist();
  }

  private static TrainCommandLine command(Path events) {
    return ReferenceRun.SEVERAL_UPDATES
        .command()
        .on("local-cluster[2,1,2048]")
        .withSpark("spark.eventLog.enabled", "true")
        .withSpark("spark.eventLog.compress", "false")
        .withSpark("spark.eventLog.dir", events.toUri().toString())
        .with("training.steps=" + STEPS);
  }

  /**
   * The executors of local-cluster, which are child processes of the driver; waits until all live.
   */
  private static List<ProcessHandle> executors(ChildProcess driver) {
    driver.awaitUntil(
        EXECUTORS + " executors live",
        TrainCommandLine.DEADLINE,
        () -> living(driver).size() == EXECUTORS);
    return living(driver);
  }

  private static List<ProcessHandle> living(ChildProcess driver) {
    return driver.children().stream()
        .filter(
            child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** Number of tasks that ended because their executor did, as Spark tells. */
  private static long lostTasks(Path events) throws IOException {
    try (Stream<Path> files = Files.walk(events)) {
      long lost = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lost +=
            Files.readAllLines(file).stream()
                .filter(line -> line.contains("\"SparkListenerTaskEnd\""))
                .filter(line -> line.contains("\"ExecutorLostFailure\""))
                .count();
      }
      return lost;
    }
  }
}
