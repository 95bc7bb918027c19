package io.hone.kernels.model;

import io.hone.kernels.program.ProgramCall;
import java.util.List;

/** How an objective enters the gradient program, and what the program's sums mean. */
interface ObjectiveProgram {

  /** That of an objective. */
  static ObjectiveProgram of(Objective objective) {
    return objective instanceof PreferenceSettings preference
        ? new PreferenceProgram(preference)
        : new LossProgram((LossSettings) objective);
  }

  /**
   * Checks that samples can be learned from together.
   *
   * @throws IllegalArgumentException if they lack what the objective needs
   */
  void check(List<TrainingSample> samples);

  /** How many samples, one after the other, must be in one micro-batch. */
  int samplesTogether();

  /** The weight of each token of a sample. */
  double tokenWeight(TrainingSample sample);

  /**
   * Passes the settings.
   *
   * @param rows of the micro-batch
   */
  void add(ProgramCall call, List<TrainingSample> rows);

  /**
   * What the program saw of a micro-batch.
   *
   * @param call that ran it
   */
  LossStatistics statistics(ProgramCall call, List<TrainingSample> rows, LossTokens tokens);
}
