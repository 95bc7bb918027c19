package io.hone.driver.train;

import io.hone.driver.run.CommittedRun;
import java.util.Set;

/**
 * The committed step with the best evaluation so far; of equal ones the first.
 *
 * @param step -1 where there is none
 * @param value its {@link Evaluation#CRITERION}
 */
record BestEvaluation(int step, double value) {
  private static final BestEvaluation NONE = new BestEvaluation(-1, Double.NEGATIVE_INFINITY);

  /** Of what a run has committed. */
  static BestEvaluation of(CommittedRun run) {
    BestEvaluation best = NONE;
    for (int step = 0; step < run.steps(); step++) {
      best = best.after(step, CommittedMetrics.of(run, step));
    }
    return best;
  }

  BestEvaluation after(int later, Metrics metrics) {
    double candidate = metrics.get(Evaluation.CRITERION);
    return candidate > value ? new BestEvaluation(later, candidate) : this;
  }

  boolean isStep(int candidate) {
    return step == candidate;
  }

  Set<Integer> steps() {
    return step < 0 ? Set.of() : Set.of(step);
  }
}
