package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The recipe stories-dog learns what it is rewarded for, whatever the seed. */
@Tag("acceptance")
class LearningIT {
  private static final int STEPS = 25;
  private static final double GOAL = 0.95;

  @Test
  void seedZeroLearns() {
    requireGoal(ReferenceRun.DOG.contents());
  }

  @Test
  void seedOneLearns() {
    requireGoal(withSeed(1));
  }

  @Test
  void seedTwoLearns() {
    requireGoal(withSeed(2));
  }

  private static RunContents withSeed(int seed) {
    return TrainCommandLine.dog()
        .with("training.steps=" + STEPS, "seed=" + seed)
        .complete(EmbeddedHome.workDirectory("dog-seed-" + seed).resolve("run"));
  }

  private static void requireGoal(RunContents run) {
    assertThat(run.steps()).isEqualTo(STEPS);
    assertThat(run.metrics(0).get("reward/mean")).isLessThan(0.2);
    double best = 0;
    for (int step = 0; step < STEPS; step++) {
      best = Math.max(best, run.metrics(step).get("reward/mean"));
    }
    assertThat(best).isGreaterThanOrEqualTo(GOAL);
  }
}
