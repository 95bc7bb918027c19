package io.hone.driver.train;

import io.hone.executor.advantage.StepAdvantages;
import io.hone.executor.gradient.SampleAdvantage;
import io.hone.executor.gradient.SampleSource;
import io.hone.kernels.model.Objective;
import java.util.List;

/** What is learned from the rollouts of a step. */
interface RolloutObjective {

  /**
   * Which completions count, and for what.
   *
   * @param now the numbers of the step
   */
  StepAdvantages advantages(StepRollouts rollouts, StepNumbers now);

  /** Where a gradient task finds what it learns from. */
  SampleSource source(StepRollouts rollouts, List<SampleSource.Selection> selections);

  /**
   * What an update minimises.
   *
   * @param samples of the mini-batch, all tasks together
   */
  Objective objective(StepRollouts rollouts, StepNumbers now, List<SampleAdvantage> samples);

  /** Tells what a step taught. */
  void metrics(Metrics metrics, StepRollouts rollouts, PolicyLearner.Learned learned);
}
