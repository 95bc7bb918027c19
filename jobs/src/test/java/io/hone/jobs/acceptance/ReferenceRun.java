package io.hone.jobs.acceptance;

/**
 * A run on local[2] that nothing disturbed: what others must equal. It is made when first asked
 * for, with a checkpoint of every step, and shared by the tests.
 */
final class ReferenceRun {
  /** One update a step, without a reference policy. */
  static final ReferenceRun SHORT = new ReferenceRun("short", TrainCommandLine.shortRun(), 3);

  /**
   * Several updates a step, which need old log-probs, and a KL term, which needs those of the
   * reference policy; numbers that change from step to step.
   */
  static final ReferenceRun SEVERAL_UPDATES =
      new ReferenceRun(
          "several-updates",
          TrainCommandLine.shortRun()
              .with(
                  "training.epochs=2",
                  "training.mini-batches=2",
                  "loss.kl-coefficient=0.05",
                  "loss.kl-target=1e-4",
                  "loss.kl-horizon=100",
                  "loss.clip-high={from: 0.2, to: 0.3, over: 4}",
                  "rollout.temperature={from: 1, to: 0.8, over: 4}"),
          6);

  /** The recipe. */
  static final ReferenceRun DOG = new ReferenceRun("dog", TrainCommandLine.dog(), 25);

  private final String name;
  private final TrainCommandLine command;
  private final int steps;
  private RunContents contents;

  private ReferenceRun(String name, TrainCommandLine command, int steps) {
    this.name = name;
    this.command = command;
    this.steps = steps;
  }

  /** The command that makes it, to be varied. */
  TrainCommandLine command() {
    return command;
  }

  /** Number of its steps. */
  int steps() {
    return steps;
  }

  /** The run. */
  synchronized RunContents contents() {
    if (contents == null) {
      contents =
          command
              .with("training.steps=" + steps, "checkpoint.keep-last=" + steps)
              .complete(EmbeddedHome.workDirectory("reference-" + name).resolve("run"));
    }
    return contents;
  }
}
