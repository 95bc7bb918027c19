package io.hone.executor.reward.metric;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether items come in the right order, by the inversions that Kendall's rank correlation (1938)
 * counts.
 */
public final class ItemOrder {
  private ItemOrder() {}

  /**
   * Of all pairs of wanted items, the share that is found in the wanted order. So a missing item
   * costs all pairs that it is in; an item that nobody wants costs nothing. Of equal items, the
   * first found is the first wanted and so on. A single wanted item has no pair: it is worth 1
   * where it is found. In time n log n.
   *
   * @param wanted at least one item
   * @return from 0 (nothing found, or all in reverse) to 1
   */
  public static double share(List<String> found, List<String> wanted) {
    int[] places = places(found, wanted);
    if (wanted.size() == 1) {
      return places.length;
    }
    long ordered = pairs(places.length) - inversions(places);
    return (double) ordered / pairs(wanted.size());
  }

  private static long pairs(long items) {
    return items * (items - 1) / 2;
  }

  /** Where the found items are wanted, each place once. */
  private static int[] places(List<String> found, List<String> wanted) {
    Map<String, Deque<Integer>> open = new HashMap<>();
    for (int place = 0; place < wanted.size(); place++) {
      open.computeIfAbsent(wanted.get(place), absent -> new ArrayDeque<>()).add(place);
    }
    return found.stream()
        .map(open::get)
        .filter(places -> places != null && !places.isEmpty())
        .mapToInt(Deque::remove)
        .toArray();
  }

  /** Pairs of which the greater comes first, counted while merging runs of doubling length. */
  private static long inversions(int[] places) {
    long inversions = 0;
    int[] from = places.clone();
    int[] to = new int[places.length];
    for (int run = 1; run < places.length; run *= 2) {
      for (int start = 0; start < places.length; start += 2 * run) {
        int middle = Math.min(start + run, places.length);
        int end = Math.min(middle + run, places.length);
        inversions += merge(from, start, middle, end, to);
      }
      int[] merged = to;
      to = from;
      from = merged;
    }
    return inversions;
  }

  private static long merge(int[] from, int start, int middle, int end, int[] to) {
    long inversions = 0;
    int left = start;
    int right = middle;
    for (int index = start; index < end; index++) {
      if (left < middle && (right == end || from[left] < from[right])) {
        to[index] = from[left++];
      } else {
        to[index] = from[right++];
        inversions += middle - left;
      }
    }
    return inversions;
  }
}
