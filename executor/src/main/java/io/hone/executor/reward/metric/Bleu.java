package io.hone.executor.reward.metric;

import static io.hone.executor.reward.metric.Tokenizer.MTEVAL_13A;

import io.hone.conf.Doc;
import java.util.List;

/**
 * Sentence BLEU of orders 1 to 4 (Papineni et al., 2002) with the tokenizer 13a, from 0 to 1, as
 * sacrebleu 2.6 computes it (from 0 to 100) with {@code effective_order}: a text of fewer than four
 * tokens is judged by the orders that it has. With {@link Smoothing#ADD_K} these are all, as there,
 * since the smoothing gives the others k n-grams of which k match.
 *
 * @param smoothing of n-grams that no reference has
 * @param k added to matches and totals by {@link Smoothing#ADD_K}; above 0
 */
public record Bleu(Smoothing smoothing, double k) {
  private static final int MAXIMUM_ORDER = 4;

  /** What is done about an order of which no n-gram matches (Chen and Cherry, 2014). */
  public enum Smoothing {
    @Doc("the first such order counts as 1/2 match, the next as 1/4 and so on, as in mteval-v13a")
    EXP,
    @Doc("all orders but the first have k more n-grams, all of which match")
    ADD_K,
    @Doc("it makes the score 0")
    NONE
  }

  /**
   * Against all references at once: an n-gram counts at most as often as in the reference that has
   * it most often, and the brevity penalty is for the length that is closest to the hypothesis's,
   * the shorter of two as close.
   *
   * @param references at least one
   * @return from 0 to 1; 0 without a common token
   */
  public double score(String hypothesis, List<String> references) {
    Vocabulary vocabulary = new Vocabulary();
    int[] tokens = MTEVAL_13A.ids(hypothesis, vocabulary);
    return score(tokens, ids(references, vocabulary));
  }

  /** The highest score against one of the references. */
  public double best(String hypothesis, List<String> references) {
    Vocabulary vocabulary = new Vocabulary();
    int[] tokens = MTEVAL_13A.ids(hypothesis, vocabulary);
    return ids(references, vocabulary).stream()
        .mapToDouble(reference -> score(tokens, List.of(reference)))
        .max()
        .orElseThrow();
  }

  private static List<int[]> ids(List<String> references, Vocabulary vocabulary) {
    return references.stream().map(text -> MTEVAL_13A.ids(text, vocabulary)).toList();
  }

  private double score(int[] hypothesis, List<int[]> references) {
    int[] matches = Ngrams.matches(hypothesis, references, MAXIMUM_ORDER);
    if (matches[0] == 0) {
      return 0;
    }
    double logPrecisions = 0;
    double halvings = 1;
    int orders = 0;
    for (int order = 1; order <= MAXIMUM_ORDER; order++) {
      double added = order > 1 && smoothing == Smoothing.ADD_K ? k : 0;
      double matched = matches[order - 1] + added;
      double total = Ngrams.total(hypothesis.length, order) + added;
      if (total == 0) {
        break;
      }
      orders = order;
      if (matched == 0 && smoothing == Smoothing.EXP) {
        halvings *= 2;
        matched = 1 / halvings;
      }
      logPrecisions += Math.log(matched / total);
    }
    double lengths = (double) closestLength(hypothesis.length, references) / hypothesis.length;
    double brevityPenalty = Math.exp(Math.min(0, 1 - lengths));
    return Math.min(1, brevityPenalty * Math.exp(logPrecisions / orders));
  }

  private static int closestLength(int length, List<int[]> references) {
    int closest = references.get(0).length;
    for (int[] reference : references) {
      int difference = Math.abs(reference.length - length) - Math.abs(closest - length);
      if (difference < 0 || (difference == 0 && reference.length < closest)) {
        closest = reference.length;
      }
    }
    return closest;
  }
}
