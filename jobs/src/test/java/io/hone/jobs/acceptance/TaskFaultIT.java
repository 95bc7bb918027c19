package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Executors that die in the middle of a step leave no trace in its result. */
class TaskFaultIT {
  private static final int STEPS = 6;

  @Test
  void killedExecutorsLeaveTheRunTheSame() {
    RunContents expected = ReferenceRun.SHORT_SEVERAL_UPDATES.contents();
    RunContents run =
        new RunContents(EmbeddedHome.workDirectory("executors-killed").resolve("run"));
    TrainCommandLine command =
        ReferenceRun.SHORT_SEVERAL_UPDATES
            .command()
            .on("local-cluster[2,1,2048]")
            .with("training.steps=" + STEPS);
    try (ChildProcess driver = command.start(run.directory())) {
      driver.awaitUntil("step 1 began", TrainCommandLine.DEADLINE, () -> run.isCommitted(0));
      kill(executors(driver, 2).subList(0, 1));
      driver.awaitUntil("step 2 learns", TrainCommandLine.DEADLINE, () -> run.isSampled(2));
      kill(executors(driver, 2).subList(0, 1));
      driver.awaitUntil("step 4 began", TrainCommandLine.DEADLINE, () -> run.isCommitted(3));
      kill(executors(driver, 2));

      ChildProcess.Outcome outcome = driver.await(TrainCommandLine.DEADLINE);
      assertThat(outcome.status()).as(outcome.err()).isZero();
      assertThat(outcome.err()).contains("ExecutorLostFailure");
    }
    run.requireSame(expected, STEPS);
    assertThat(run.executors(STEPS)).hasSizeGreaterThan(2);
  }

  private static void kill(List<ProcessHandle> executors) {
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  /** In local-cluster they are child processes of the driver. */
  private static List<ProcessHandle> executors(ChildProcess driver, int count) {
    driver.awaitUntil(
        count + " executors live",
        TrainCommandLine.DEADLINE,
        () -> executors(driver).size() == count);
    return executors(driver);
  }

  private static List<ProcessHandle> executors(ChildProcess driver) {
    return driver.children().stream()
        .filter(
            child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }
}
