package io.hone.executor.reward.metric;

/**
 * Numbers for pairs of numbers that are not negative: 0, 1, 2 ... in the order in which the pairs
 * come first. With the number of an n-gram's first n-1 tokens and that of its last, it numbers
 * n-grams without making objects of them, and exactly (the naming of Karp, Miller and Rosenberg,
 * 1972).
 */
final class PairNumbers {
  private static final int LARGEST_FIRST_TABLE = 1 << 12;

  /** An open hash table, at most half full. */
  private long[] keys;

  /** 0 in a free slot, else the number of the pair and 1. */
  private int[] numbers;

  private int size;

  /** For about as many pairs as expected; grows if there are more. */
  PairNumbers(int expected) {
    int slots = Integer.highestOneBit(Math.max(4, Math.min(expected, LARGEST_FIRST_TABLE / 4))) * 4;
    keys = new long[slots];
    numbers = new int[slots];
  }

  int size() {
    return size;
  }

  /** The number of a pair, a new one if it has none. */
  int number(int first, int second) {
    long key = key(first, second);
    int slot = slot(key);
    if (numbers[slot] == 0) {
      keys[slot] = key;
      numbers[slot] = ++size;
      if (2 * size > numbers.length) {
        grow();
      }
      return size - 1;
    }
    return numbers[slot] - 1;
  }

  /** The number of a pair, or -1 if it has none. */
  int find(int first, int second) {
    return numbers[slot(key(first, second))] - 1;
  }

  private static long key(int first, int second) {
    return (long) first << Integer.SIZE | second;
  }

  /** Where a key is, or the free slot where it would be. */
  private int slot(long key) {
    int mask = numbers.length - 1;
    int slot = hash(key) & mask;
    while (numbers[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Products with odd numbers mix low bits into high ones, the shifts high ones into low ones. */
  private static int hash(long key) {
    long hash = key * 0x9e3779b97f4a7c15L;
    hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
    return (int) (hash >>> 32);
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new long[2 * oldKeys.length];
    numbers = new int[2 * oldKeys.length];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldNumbers[old] != 0) {
        int slot = slot(oldKeys[old]);
        keys[slot] = oldKeys[old];
        numbers[slot] = oldNumbers[old];
      }
    }
  }
}
