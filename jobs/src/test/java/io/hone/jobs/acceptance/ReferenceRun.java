package io.hone.jobs.acceptance;

import java.util.EnumMap;
import java.util.Map;

/**
 * Runs on local[2] that nothing disturbed: what all others must equal. Each is made when first
 * asked for, with a checkpoint of every step, and shared by the tests.
 */
enum ReferenceRun {
  /** One update a step, without a reference policy. */
  SHORT(TrainCommandLine.shortRun(), 3),

  /**
   * Several updates a step, which need old log-probs, and a KL term, which needs those of the
   * reference policy.
   */
  SHORT_SEVERAL_UPDATES(
      TrainCommandLine.shortRun()
          .with("training.epochs=2", "training.mini-batches=2", "loss.kl-coefficient=0.05"),
      6),

  /** The recipe. */
  DOG(TrainCommandLine.dog(), 25);

  private static final Map<ReferenceRun, RunContents> MADE = new EnumMap<>(ReferenceRun.class);

  private final TrainCommandLine command;
  private final int steps;

  ReferenceRun(TrainCommandLine command, int steps) {
    this.command = command;
    this.steps = steps;
  }

  /** The command that makes it, to be varied. */
  TrainCommandLine command() {
    return command;
  }

  int steps() {
    return steps;
  }

  /** The run. */
  RunContents contents() {
    synchronized (MADE) {
      return MADE.computeIfAbsent(this, ReferenceRun::make);
    }
  }

  private RunContents make() {
    return command
        .with("training.steps=" + steps, "checkpoint.keep-last=" + steps)
        .complete(
            EmbeddedHome.workDirectory("reference-" + name().toLowerCase(java.util.Locale.ROOT))
                .resolve("run"));
  }
}
