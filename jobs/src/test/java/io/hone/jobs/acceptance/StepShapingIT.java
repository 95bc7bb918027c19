package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The recipe stories-clip-delta: rewards of steps that add up are hacked by more steps, and with
 * Clip and Delta they are not.
 */
@Tag("acceptance")
class StepShapingIT {
  private static final int STEPS = 28;
  private static final int LAST = 3;

  @Test
  void shapedStepsLeadToTheRightAnswer() {
    RunContents run = run("clip-delta");
    assertThat(run.metrics(0).get("component/correct/mean")).isLessThan(0.3);
    assertThat(atLast(run, "component/correct/mean")).isGreaterThan(0.85);
    assertThat(atLast(run, "component/good-steps/mean")).isLessThan(3);
  }

  /** Without the hack there would be nothing that the shaping is good for. */
  @Test
  void plainStepsAreRepeatedInstead() {
    RunContents run = run("none");
    assertThat(atLast(run, "component/correct/mean")).isLessThan(0.3);
    assertThat(atLast(run, "component/good-steps/mean")).isGreaterThan(5);
  }

  private static RunContents run(String shaping) {
    RunContents run =
        TrainCommandLine.stepShaping()
            .with("training.steps=" + STEPS, "reward.components[3].shaping=" + shaping)
            .complete(EmbeddedHome.workDirectory("steps-" + shaping).resolve("run"));
    assertThat(run.steps()).isEqualTo(STEPS);
    return run;
  }

  /** Mean of the last steps, for a single one is 64 completions. */
  private static double atLast(RunContents run, String metric) {
    double sum = 0;
    for (int step = STEPS - LAST; step < STEPS; step++) {
      sum += run.metrics(step).get(metric);
    }
    return sum / LAST;
  }
}
