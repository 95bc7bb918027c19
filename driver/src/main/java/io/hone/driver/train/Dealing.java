package io.hone.driver.train;

import java.util.ArrayList;
import java.util.List;

/** Divides items among tasks. */
final class Dealing {
  private Dealing() {}

  /**
   * Item i goes to partition i mod {@code partitions}, whatever executors there are; no partition
   * is empty.
   *
   * @param partitions how many at most
   */
  static <T> List<List<T>> deal(List<T> items, int partitions) {
    int used = Math.min(partitions, items.size());
    List<List<T>> dealt = new ArrayList<>();
    for (int partition = 0; partition < used; partition++) {
      dealt.add(new ArrayList<>());
    }
    for (int i = 0; i < items.size(); i++) {
      dealt.get(i % used).add(items.get(i));
    }
    return dealt;
  }
}
