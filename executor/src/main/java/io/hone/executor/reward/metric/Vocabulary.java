package io.hone.executor.reward.metric;

import java.util.Arrays;

/**
 * Numbers for tokens: 0, 1, 2 ... in the order in which they come first; equal tokens have the same
 * number, and different ones never do. Grows as it is asked; not for several threads.
 */
public final class Vocabulary {
  /** Characters of all tokens, one after the other. */
  private char[] characters = new char[512];

  /** Where each token ends in them. */
  private int[] ends = new int[64];

  private long[] hashes = new long[64];

  /** An open hash table, at most half full: 0, or the number of a token and 1. */
  private int[] slots = new int[256];

  private int size;

  /** How many different tokens it has seen. */
  public int size() {
    return size;
  }

  /** The number of a token, a new one if it has none. */
  int id(char[] text, int start, int end) {
    long hash = WordHash.of(text, start, end);
    int slot = slot(hash);
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (hashes[id] == hash && isToken(id, text, start, end)) {
        return id;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = size + 1;
    add(hash, text, start, end);
    return size - 1;
  }

  private boolean isToken(int id, char[] text, int start, int end) {
    return Arrays.equals(characters, start(id), ends[id], text, start, end);
  }

  private int start(int id) {
    return id == 0 ? 0 : ends[id - 1];
  }

  private void add(long hash, char[] text, int start, int end) {
    int from = start(size);
    int to = Math.addExact(from, end - start);
    if (to > characters.length) {
      characters = Arrays.copyOf(characters, Math.max(to, 2 * characters.length));
    }
    System.arraycopy(text, start, characters, from, end - start);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    ends[size] = to;
    hashes[size] = hash;
    size++;
    if (2 * size > slots.length) {
      grow();
    }
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int id = 0; id < size; id++) {
      int slot = slot(hashes[id]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = id + 1;
    }
  }

  private int slot(long hash) {
    return (int) (hash ^ hash >>> 32) & (slots.length - 1);
  }
}
