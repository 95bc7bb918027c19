package io.hone.executor.reward.metric;

import java.util.List;

/**
 * What a text and a reference have in common, as ROUGE (Lin, 2004) measures it: n-grams, or the
 * longest common subsequence of tokens.
 *
 * @param common parts that both have
 * @param found parts of the text
 * @param wanted parts of the reference
 */
public record Overlap(int common, int found, int wanted) {

  /** The n-grams of an order; each counts as often as in the text that has it less often. */
  public static Overlap ofNgrams(int[] text, int[] reference, int order) {
    return new Overlap(
        Ngrams.matches(text, List.of(reference), order)[order - 1],
        Ngrams.total(text.length, order),
        Ngrams.total(reference.length, order));
  }

  /** The longest common subsequence of a text, which comes first, and a reference. */
  public static Overlap ofSubsequence(Alignment alignment) {
    return new Overlap(
        alignment.commonSubsequence(), alignment.firstLength(), alignment.secondLength());
  }

  /** Common parts as a share of the text's; 0 if it has none. */
  public double precision() {
    return found == 0 ? 0 : (double) common / found;
  }

  /** Common parts as a share of the reference's; 0 if it has none. */
  public double recall() {
    return wanted == 0 ? 0 : (double) common / wanted;
  }

  /** The harmonic mean of precision and recall; 0 if nothing is common. */
  public double f1() {
    return common == 0 ? 0 : 2 * precision() * recall() / (precision() + recall());
  }
}
