package io.hone.executor.reward.metric;

import java.util.List;

/** Counts n-grams: runs of n tokens, which are numbers that are not negative. */
final class Ngrams {
  private static final int UNKNOWN = -1;

  private Ngrams() {}

  /** How many n-grams of an order a sequence has. */
  static int total(int tokens, int order) {
    return Math.max(0, tokens - order + 1);
  }

  /** How many different n-grams of an order a sequence has. */
  static int distinct(int[] tokens, int order) {
    int[] names = new int[tokens.length];
    PairNumbers pairs = new PairNumbers(0);
    for (int n = 1; n <= Math.min(order, tokens.length); n++) {
      pairs = new PairNumbers(tokens.length);
      lengthen(names, tokens, n, pairs);
    }
    return order > tokens.length ? 0 : pairs.size();
  }

  /**
   * For each order from 1 to the maximum, how many n-grams of a hypothesis its references have too;
   * one counts at most as often as in the reference that has it most often.
   *
   * @return the matches of order n at n - 1
   */
  static int[] matches(int[] hypothesis, List<int[]> references, int maximumOrder) {
    int[] matches = new int[maximumOrder];
    int[] names = new int[hypothesis.length];
    int[][] referenceNames = new int[references.size()][];
    int longest = 0;
    for (int index = 0; index < referenceNames.length; index++) {
      referenceNames[index] = new int[references.get(index).length];
      longest = Math.max(longest, referenceNames[index].length);
    }
    int orders = Math.min(maximumOrder, Math.min(longest, hypothesis.length));
    for (int order = 1; order <= orders; order++) {
      PairNumbers pairs = new PairNumbers(longest);
      for (int index = 0; index < referenceNames.length; index++) {
        lengthen(referenceNames[index], references.get(index), order, pairs);
      }
      int[] left = greatestCounts(referenceNames, order, pairs.size());
      matches[order - 1] = takeMatches(names, hypothesis, order, pairs, left);
    }
    return matches;
  }

  /** Turns names of (n-1)-grams by their places into names of n-grams. */
  private static void lengthen(int[] names, int[] tokens, int order, PairNumbers pairs) {
    for (int index = 0; index + order <= tokens.length; index++) {
      names[index] = pairs.number(names[index], tokens[index + order - 1]);
    }
  }

  private static int[] greatestCounts(int[][] names, int order, int size) {
    int[] greatest = new int[size];
    int[] counts = new int[size];
    for (int[] sequence : names) {
      int total = total(sequence.length, order);
      for (int index = 0; index < total; index++) {
        int name = sequence[index];
        counts[name]++;
        greatest[name] = Math.max(greatest[name], counts[name]);
      }
      for (int index = 0; index < total; index++) {
        counts[sequence[index]] = 0;
      }
    }
    return greatest;
  }

  private static int takeMatches(
      int[] names, int[] tokens, int order, PairNumbers pairs, int[] left) {
    int matches = 0;
    for (int index = 0; index + order <= tokens.length; index++) {
      if (names[index] != UNKNOWN) {
        int name = pairs.find(names[index], tokens[index + order - 1]);
        names[index] = name;
        if (name != UNKNOWN && left[name] > 0) {
          left[name]--;
          matches++;
        }
      }
    }
    return matches;
  }
}
