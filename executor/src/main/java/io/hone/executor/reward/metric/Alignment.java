package io.hone.executor.reward.metric;

import java.util.Arrays;

/**
 * Two sequences of symbols (code points, numbers of tokens) to be compared by edit distance or
 * longest common subsequence. Both fill a table of the sequences' lengths, less what they have in
 * common at their beginning and end, 64 {@link #cells} at a time (Myers, 1999, and Hyyrö, 2003 and
 * 2004, on blocks of 64 symbols), in memory linear in the lengths. Whoever compares hostile text
 * asks for the cells first.
 */
public final class Alignment {
  private final int firstLength;
  private final int secondLength;

  /** How many symbols are equal at the beginning and at the end. */
  private final int trimmed;

  /** What is left of the longer and of the shorter sequence. */
  private final int[] longer;

  private final int[] shorter;

  private Alignment(int[] first, int[] second) {
    firstLength = first.length;
    secondLength = second.length;
    int least = Math.min(firstLength, secondLength);
    int mismatch = Arrays.mismatch(first, second);
    int prefix = mismatch < 0 ? least : mismatch;
    int suffix = 0;
    while (suffix < least - prefix
        && first[firstLength - 1 - suffix] == second[secondLength - 1 - suffix]) {
      suffix++;
    }
    trimmed = prefix + suffix;
    int[] firstRest = Arrays.copyOfRange(first, prefix, firstLength - suffix);
    int[] secondRest = Arrays.copyOfRange(second, prefix, secondLength - suffix);
    longer = firstLength >= secondLength ? firstRest : secondRest;
    shorter = firstLength >= secondLength ? secondRest : firstRest;
  }

  /** An alignment of two sequences of symbols that are not negative. */
  public static Alignment of(int[] first, int[] second) {
    return new Alignment(first, second);
  }

  public int firstLength() {
    return firstLength;
  }

  public int secondLength() {
    return secondLength;
  }

  /** The work of comparing them: the cells of a table, 64 of which take a few nanoseconds. */
  public long cells() {
    return (long) longer.length * shorter.length;
  }

  /** The least number of symbols to insert, delete or replace (Levenshtein, 1966). */
  public int editDistance() {
    if (shorter.length == 0) {
      return longer.length;
    }
    EditBlock block = new EditBlock(shorter.length);
    forEachBlock(block);
    return longer.length + block.lastRowSum();
  }

  /** 1 less the edit distance as a share of the longer sequence; 1 if both are empty. */
  public double similarity() {
    int longest = Math.max(firstLength, secondLength);
    return longest == 0 ? 1 : 1 - (double) editDistance() / longest;
  }

  /** The length of the longest sequence that both have in this order, with gaps. */
  public int commonSubsequence() {
    SubsequenceBlock block = new SubsequenceBlock(shorter.length);
    forEachBlock(block);
    return trimmed + block.length;
  }

  /**
   * Takes the longer sequence apart into blocks of 64 symbols, and goes with each over the other.
   */
  private void forEachBlock(Block block) {
    PairNumbers alphabet = new PairNumbers(longer.length);
    int[] symbols = new int[longer.length];
    for (int index = 0; index < symbols.length; index++) {
      symbols[index] = alphabet.number(0, longer[index]);
    }
    int absent = alphabet.size();
    int[] others = new int[shorter.length];
    for (int index = 0; index < others.length; index++) {
      int symbol = alphabet.find(0, shorter[index]);
      others[index] = symbol < 0 ? absent : symbol;
    }
    long[] places = new long[absent + 1];
    for (int start = 0; start < symbols.length; start += Long.SIZE) {
      int size = Math.min(Long.SIZE, symbols.length - start);
      for (int place = 0; place < size; place++) {
        places[symbols[start + place]] |= 1L << place;
      }
      block.pass(places, size, others);
      for (int place = 0; place < size; place++) {
        places[symbols[start + place]] = 0;
      }
    }
  }

  /** 64 rows of the table, from its top to its bottom, with what one block hands to the next. */
  private interface Block {
    /**
     * @param places of each symbol in the block, as bits
     * @param size number of symbols in the block
     * @param others the symbols of the other sequence
     */
    void pass(long[] places, int size, int[] others);
  }

  /** Vertical differences of the edit distance are bits, of +1 and of -1. */
  private static final class EditBlock implements Block {
    /** Horizontal differences below the last row, by column. */
    private final byte[] below;

    EditBlock(int columns) {
      below = new byte[columns];
      Arrays.fill(below, (byte) 1);
    }

    @Override
    public void pass(long[] places, int size, int[] others) {
      int last = size - 1;
      long plus = -1;
      long minus = 0;
      for (int column = 0; column < others.length; column++) {
        long plusAbove = below[column] > 0 ? 1 : 0;
        long minusAbove = below[column] < 0 ? 1 : 0;
        long equal = places[others[column]];
        long vertical = equal | minus;
        equal |= minusAbove;
        long horizontal = (((equal & plus) + plus) ^ plus) | equal;
        long horizontalPlus = minus | ~(horizontal | plus);
        long horizontalMinus = plus & horizontal;
        below[column] = (byte) ((horizontalPlus >>> last & 1) - (horizontalMinus >>> last & 1));
        horizontalPlus = horizontalPlus << 1 | plusAbove;
        horizontalMinus = horizontalMinus << 1 | minusAbove;
        plus = horizontalMinus | ~(vertical | horizontalPlus);
        minus = horizontalPlus & vertical;
      }
    }

    int lastRowSum() {
      int sum = 0;
      for (byte difference : below) {
        sum += difference;
      }
      return sum;
    }
  }

  /** Rows in which the length of the common subsequence grows are zero bits. */
  private static final class SubsequenceBlock implements Block {
    /** What the addition of one block carries into the next, by column. */
    private final byte[] carries;

    private int length;

    SubsequenceBlock(int columns) {
      carries = new byte[columns];
    }

    @Override
    public void pass(long[] places, int size, int[] others) {
      long rows = -1;
      for (int column = 0; column < others.length; column++) {
        long matches = rows & places[others[column]];
        long sum = rows + matches;
        long total = sum + carries[column];
        boolean carry = Long.compareUnsigned(sum, rows) < 0 || Long.compareUnsigned(total, sum) < 0;
        carries[column] = (byte) (carry ? 1 : 0);
        rows = total | (rows - matches);
      }
      long used = size == Long.SIZE ? -1 : (1L << size) - 1;
      length += Long.bitCount(~rows & used);
    }
  }
}
