package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run that was interrupted and started again ends as one that was not. */
class ResumeIT {
  /** So that a restart finds committed steps behind the last checkpoint and replays them. */
  private static final String SPARSE_CHECKPOINTS = "checkpoint.every=3";

  @Test
  void killedInTheMiddleOfEveryStep() throws IOException {
    killInEveryStep(ReferenceRun.SEVERAL_UPDATES, 6, "killed");
  }

  @Test
  void stoppedAfterEveryStep() {
    stopAfterEveryStep(ReferenceRun.SHORT, 3, "stopped");
  }

  /** Who carries the weights is not part of what a run is. */
  @Test
  void eachExchangeGoesOnFromTheOther() {
    Path directory = EmbeddedHome.workDirectory("exchanges").resolve("run");
    TrainCommandLine command = ReferenceRun.SEVERAL_UPDATES.command();
    command.with("training.steps=1").complete(directory);
    command
        .with("training.steps=2", "training.exchange=sharded", "training.shards=2")
        .complete(directory);
    RunContents run = command.with("training.steps=3").complete(directory);
    run.requireSame(ReferenceRun.SEVERAL_UPDATES.contents(), 3);
  }

  @Test
  @Tag("acceptance")
  void dogRunKilledInTheMiddleOfEveryStep() throws IOException {
    killInEveryStep(ReferenceRun.DOG, 10, "dog-killed");
  }

  @Test
  @Tag("acceptance")
  void dogRunStoppedAfterEveryStep() {
    stopAfterEveryStep(ReferenceRun.DOG, 10, "dog-stopped");
  }

  @Test
  void aSecondDriverIsRefused() {
    RunContents run = new RunContents(EmbeddedHome.workDirectory("two-drivers").resolve("run"));
    TrainCommandLine endless = TrainCommandLine.shortRun().with("training.steps=100000");
    try (ChildProcess first = endless.start(run.directory())) {
      first.awaitUntil("its first commit", TrainCommandLine.DEADLINE, () -> run.isCommitted(0));
      try (ChildProcess second = endless.start(run.directory())) {
        ChildProcess.Outcome refused = second.await(TrainCommandLine.DEADLINE);
        assertThat(refused.status()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err())
            .contains(
                run.directory() + " is in use: driver 1 (process " + first.pid(),
                "stop that driver, wait, or choose another run-dir");
      }
      int committed = run.steps();
      first.awaitUntil(
          "its next commit", TrainCommandLine.DEADLINE, () -> run.isCommitted(committed));
    }
    assertThat(run.directory().resolve("drivers"))
        .isDirectoryNotContaining("glob:**/00000002.json");
  }

  /** When a driver is killed, with respect to a step. */
  private enum Moment {
    LEARNING,
    SAMPLING,
    COMMITTED_BEFORE;

    boolean hasCome(RunContents run, int step) {
      return switch (this) {
        case LEARNING -> run.isLearning(step);
        case SAMPLING -> run.isSampling(step);
        case COMMITTED_BEFORE -> run.isCommitted(step - 1);
      };
    }
  }

  /** Lets each driver commit a step and kills it in the next, at another moment each time. */
  private static void killInEveryStep(ReferenceRun reference, int steps, String name)
      throws IOException {
    RunContents expected = reference.contents();
    RunContents run = new RunContents(EmbeddedHome.workDirectory(name).resolve("run"));
    TrainCommandLine command =
        reference.command().with("training.steps=" + steps, SPARSE_CHECKPOINTS);
    Map<Integer, String> commits = new HashMap<>();
    int kills = 0;
    for (int step = 1; step < steps; step = run.steps() + 1) {
      kill(Moment.values()[kills % Moment.values().length], step, command, run);
      kills++;
      commits.put(step - 1, Files.readString(run.commit(step - 1)));
    }
    command.complete(run.directory());
    run.requireSame(expected, steps);
    // A commit has the checksums of its rollouts, timings and all: none of them was made a second
    // time.
    for (int step : commits.keySet()) {
      assertThat(run.commit(step)).hasContent(commits.get(step));
    }
    // On a busy machine a driver may have gone a step further before the signal reached it.
    assertThat(kills).isGreaterThan(steps / 2);
  }

  private static void kill(Moment moment, int step, TrainCommandLine command, RunContents run) {
    try (ChildProcess driver = command.start(run.directory())) {
      driver.awaitUntil(
          "step " + step + ", " + moment,
          TrainCommandLine.DEADLINE,
          () -> moment.hasCome(run, step));
      ChildProcess.Outcome killed = driver.kill();
      assertThat(killed.status()).as(killed.err()).isEqualTo(128 + 9);
    }
  }

  private static void stopAfterEveryStep(ReferenceRun reference, int steps, String name) {
    RunContents expected = reference.contents();
    Path directory = EmbeddedHome.workDirectory(name).resolve("run");
    for (int stop = 1; stop <= steps; stop++) {
      RunContents run = reference.command().with("training.steps=" + stop).complete(directory);
      assertThat(run.steps()).isEqualTo(stop);
    }
    new RunContents(directory).requireSame(expected, steps);
  }
}
