package io.hone.executor.reward;

/**
 * Scores completions one by one. A pure function of the sample and of the options it was made with:
 * no state, no clock, no randomness. Safe for use by several threads.
 */
@FunctionalInterface
public interface Scorer {
  /**
   * Scores a completion. A reward's scorers never throw, since {@link GuardedScorer} stands around
   * each: what one cannot score is an invalid score.
   */
  Score score(Sample sample);
}
