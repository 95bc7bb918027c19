package io.hone.executor.reward;

/**
 * Scores completions one by one. A pure function of the sample and of the options it was made with:
 * no state, no clock, no randomness. Safe for use by several threads.
 */
@FunctionalInterface
public interface Scorer {
  /**
   * Scores a completion. One made by {@link Scorers} never throws: what it cannot score is an
   * invalid score.
   */
  Score score(Sample sample);
}
