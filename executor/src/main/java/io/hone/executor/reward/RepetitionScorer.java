package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.executor.reward.answer.Words;

/**
 * A penalty for saying the same again: {@code -penalty (1 - different n-grams / n-grams)} of the
 * words of the completion, 0 where it has fewer than n (R1-Reward, Zhang et al. 2025).
 */
final class RepetitionScorer implements Scorer {
  private final int n;
  private final double penalty;

  RepetitionScorer(Options options) {
    this.n = options.n();
    this.penalty = options.penalty();
  }

  @Override
  public Score score(Sample sample) {
    // Not -0.0, which no score of another scorer equals.
    return Score.of(0 - penalty * Words.repetition(sample.completion(), n));
  }

  @Doc(
      "A penalty for saying the same again: minus the share of n-grams of words that occurred before,"
          + " without regard to case; from -penalty to 0, and 0 for a completion of fewer than n words.")
  record Options(
      @Doc("Words in an n-gram.") @Default("3") @Range(min = 1, max = 20) int n,
      @Doc("What nothing but repetition would cost.") @Default("1") @Range(min = 0)
          double penalty) {}
}
