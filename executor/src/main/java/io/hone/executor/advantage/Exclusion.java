package io.hone.executor.advantage;

/** Why a completion takes no part in the update. */
public enum Exclusion {
  /** Its reward could not be computed. */
  NO_REWARD("its reward could not be computed"),
  /** Too few completions of its group have a reward to compare with. */
  NO_BASELINE("too few completions of its group have a reward"),
  /** The greedy completion of its prompt, its baseline, has no reward. */
  NO_GREEDY_REWARD("the greedy completion of its prompt has no reward"),
  /** Cut at the greatest length, where only whole completions count. */
  TRUNCATED("truncated, and rollout.mask-truncated is set"),
  /** Its advantage is an outlier among those of the step. */
  OUTLIER("its advantage is beyond advantage.outlier-deviations"),
  /** The rewards of its group are equal, so that none is preferred. */
  EQUAL_REWARDS("the rewards of its group are equal"),
  /** Another completion of its group has a larger reward, and another one a smaller. */
  NOT_COMPARED("its reward is neither the largest nor the smallest of its group");

  private final String text;

  Exclusion(String text) {
    this.text = text;
  }

  /** A sentence for tables. */
  public String text() {
    return text;
  }

  /** Whether the completion never had an advantage. */
  boolean lacksAdvantage() {
    return this == NO_REWARD || this == NO_BASELINE || this == NO_GREEDY_REWARD;
  }
}
