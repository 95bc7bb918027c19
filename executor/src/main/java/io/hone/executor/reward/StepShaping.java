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
      "score, which has to be from 0 to 1, + outcome - beta, and the outcome alone for the last step: with a beta of 1 no step of a"
          + " failure is worth more than nothing and none of a success less")
  RENORM {
    @Override
    double[] apply(double[] scores, Constants constants) {
      double[] shaped = new double[scores.length];
      for (int step = 0; step < shaped.length; step++) {
        boolean last = step == shaped.length - 1;
        shaped[step] = constants.outcome() + (last ? 0 : scores[step] - constants.beta());
      }
      return shaped;
    }
  },
  @Doc(
      "what it adds to the quality value of ReST-MCTS*, which is 1 where the scores, from 0 to 1, say that all steps are"
          + " right; steps that are not are taken to be still needed")
  QUALITY_VALUE {
    @Override
    double[] apply(double[] scores, Constants constants) {
      double[] shaped = new double[scores.length];
      double value = 0;
      double needed = scores.length;
      for (int step = 0; step < shaped.length; step++) {
        needed -= scores[step];
        double weighted = (1 - value) / (needed + 1) * (2 * scores[step] - 1);
        double next = Math.max(value + weighted, 0);
        shaped[step] = next - value;
        value = next;
      }
      return shaped;
    }
  };

  /**
   * What shaping needs beside scores.
   *
   * @param threshold of {@link #CLIP}
   * @param outcome of {@link #RENORM}: what the whole completion is worth
   * @param beta of {@link #RENORM}: what is taken from score and outcome
   */
  record Constants(double threshold, double outcome, double beta) {}

  /** Whether the last step's score says anything. */
  boolean readsLast() {
    return this == NONE || this == CLIP || this == QUALITY_VALUE;
  }

  /** Whether a step can have such a score. */
  boolean accepts(double score) {
    return (this != RENORM && this != QUALITY_VALUE) || (score >= 0 && score <= 1);
  }

  /**
   * Clip and Delta: Gao et al., "On designing effective RL reward at training time for LLM
   * reasoning", 2024, whose threshold was not found. ReNorm: PPR, "Hybrid reward normalization for
   * process-supervised non-verifiable agentic tasks", 2025. Quality value: Zhang et al.,
   * "ReST-MCTS*: LLM self-training via process reward guided tree search", 2024, {@code v_k =
   * max(v_(k-1) + (1 - v_(k-1)) / (m_k + 1) (1 - 2 r_k), 0)}, with {@code r_k = 1 - score}, and
   * with the steps that were not right so far in place of a tree's m_k.
   *
   * @param scores of the steps, in their order
   */
  abstract double[] apply(double[] scores, Constants constants);
}
