package io.hone.executor.reward.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many items two lists have in common, and how much that is.
 *
 * @param common items in both
 * @param found items in one list
 * @param wanted items in the other
 */
public record Overlap(int common, int found, int wanted) {
  /** Bounds (items of one list) x (items of the other) where their order counts. */
  private static final long MAX_WORK = 20_000_000;

  /** Items in any order, each as often as it is in both. */
  public static Overlap ofMultisets(List<String> found, List<String> wanted) {
    Map<String, Integer> left = new HashMap<>();
    wanted.forEach(item -> left.merge(item, 1, Integer::sum));
    int common = 0;
    for (String item : found) {
      int count = left.getOrDefault(item, 0);
      if (count > 0) {
        left.put(item, count - 1);
        common++;
      }
    }
    return new Overlap(common, found.size(), wanted.size());
  }

  /**
   * The longest common subsequence. Empty where the lists are too long to find it: 20 million pairs
   * of items.
   */
  public static Optional<Overlap> inOrder(List<String> found, List<String> wanted) {
    if ((long) found.size() * wanted.size() > MAX_WORK) {
      return Optional.empty();
    }
    int[] lengths = new int[wanted.size() + 1];
    for (String item : found) {
      int diagonal = 0;
      for (int index = 1; index <= wanted.size(); index++) {
        int above = lengths[index];
        lengths[index] =
            item.equals(wanted.get(index - 1)) ? diagonal + 1 : Math.max(above, lengths[index - 1]);
        diagonal = above;
      }
    }
    return Optional.of(new Overlap(lengths[wanted.size()], found.size(), wanted.size()));
  }

  /** Whether both lists are the same. */
  public boolean isExact() {
    return common == found && common == wanted;
  }

  /** The share of the common items in those of either list, from 0 to 1; 1 for two empty lists. */
  public double jaccard() {
    int either = found + wanted - common;
    return either == 0 ? 1 : (double) common / either;
  }

  /** {@code 2 common / (found + wanted)}, from 0 to 1; 1 for two empty lists. */
  public double f1() {
    int sum = found + wanted;
    return sum == 0 ? 1 : 2.0 * common / sum;
  }
}
