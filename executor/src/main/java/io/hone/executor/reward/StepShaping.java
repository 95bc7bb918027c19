package io.hone.executor.reward;

import io.hone.conf.Doc;

/** What the scores of a completion's steps become before they are rewards. */
enum StepShaping {
  @Doc("the score itself")
  NONE {
    @Override
    double[] apply(double[] scores, Constants constants) {
      return scores.clone();
    }
  },
  @Doc("`min(score - threshold, 0)`: a step can only cost")
  CLIP {
    @Override
    double[] apply(double[] scores, Constants constants) {
      double[] shaped = new double[scores.length];
      for (int step = 0; step < shaped.length; step++) {
        shaped[step] = Math.min(scores[step] - constants.threshold(), 0);
      }
      return shaped;
    }
  },
  @Doc(
      "its difference from the next step's; the last but one keeps its own, the last is worth nothing."
          + " From any step on they add up to that step's score, so that more steps are worth no more")
  DELTA {
    @Override
    double[] apply(double[] scores, Constants constants) {
      double[] shaped = new double[scores.length];
      for (int step = 0; step < scores.length - 1; step++) {
        boolean lastButOne = step == scores.length - 2;
        shaped[step] = lastButOne ? scores[step] : scores[step] - scores[step + 1];
      }
      return shaped;
    }
  },
  @Doc("`clip`, then `delta`")
  CLIP_DELTA {
    @Override
    double[] apply(double[] scores, Constants constants) {
      return DELTA.apply(CLIP.apply(scores, constants), constants);
    }
  },
  @Doc(
      "score + outcome - 1, and the outcome alone for the last step: where scores are from 0 to 1, no step of a"
          + " failure is worth more than nothing and none of a success less")
  RENORM {
    @Override
    double[] apply(double[] scores, Constants constants) {
      double[] shaped = new double[scores.length];
      for (int step = 0; step < shaped.length; step++) {
        boolean last = step == shaped.length - 1;
        shaped[step] = constants.outcome() + (last ? 0 : scores[step] - 1);
      }
      return shaped;
    }
  };

  /**
   * What shaping needs beside scores.
   *
   * @param threshold of {@link #CLIP}
   * @param outcome of {@link #RENORM}: what the whole completion is worth
   */
  record Constants(double threshold, double outcome) {}

  /**
   * Clip and Delta: Gao et al., "On designing effective RL reward at training time for LLM
   * reasoning", 2024, whose threshold was not found. ReNorm: PPR, "Hybrid reward normalization for
   * process-supervised non-verifiable agentic tasks", 2025, with its beta of 1.
   *
   * @param scores of the steps, in their order
   */
  abstract double[] apply(double[] scores, Constants constants);
}
