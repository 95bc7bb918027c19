package io.hone.conf;

import io.hone.conf.RunConfig.Algorithm;

/** The checks of a run that take more than one section. */
final class RunValidation {
  private RunValidation() {}

  static void validate(RunConfig run, Validated.Problems problems) {
    if (run.algorithm() == Algorithm.GRPO) {
      validateGrpo(run, problems);
    }
  }

  private static void validateGrpo(RunConfig run, Validated.Problems problems) {}
}
