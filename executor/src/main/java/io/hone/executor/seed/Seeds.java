package io.hone.executor.seed;

/**
 * Seeds that are a function of the identity of what they are for, and of nothing else: the same
 * sample is drawn wherever, whenever and however often it is drawn.
 *
 * <p>A seed is a 64-bit hash of a purpose and a tuple of numbers and text. Each number {@code x}
 * turns the state {@code h} into {@code mix((h + GOLDEN_GAMMA) ^ mix(x))}, with {@code mix} the
 * finaliser of SplitMix64 (Steele, Lea and Flood 2014; Stafford's variant 13), a bijection: tuples
 * that differ in one number never collide, others do with probability 2^-64. Text enters as its
 * length and then four UTF-16 units at a time, so that no two tuples of the same purpose enter
 * alike. Not cryptographic.
 *
 * <p>The numbers are part of a run's identity: a change of any of them makes runs that were started
 * before impossible to continue. Tests pin them.
 */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final int UNITS_PER_LONG = Long.SIZE / Character.SIZE;

  private Seeds() {}

  /**
   * The seed of one completion, which with a position gives the uniform number of each of its
   * tokens.
   *
   * @param runSeed seed of the run
   * @param step step of the run
   * @param promptId identity of the prompt's row
   * @param occurrence which of the times that the step has this prompt, from 0
   * @param refill round of sampling in place of groups that were thrown away, from 0
   * @param sampleIndex which completion of the group, from 0
   */
  public static long sample(
      long runSeed, long step, String promptId, int occurrence, int refill, int sampleIndex) {
    long hash = start("sample", runSeed);
    hash = add(hash, step);
    hash = add(hash, promptId);
    hash = add(hash, occurrence);
    hash = add(hash, refill);
    return add(hash, sampleIndex);
  }

  /**
   * The seed of one completion of an evaluation. It does not depend on the step, so that
   * evaluations of one run differ by the policy alone.
   */
  public static long evaluation(long runSeed, String promptId, int occurrence, int sampleIndex) {
    long hash = start("evaluation", runSeed);
    hash = add(hash, promptId);
    hash = add(hash, occurrence);
    return add(hash, sampleIndex);
  }

  /**
   * The seed of one completion of a file's row.
   *
   * @param seed the user's
   * @param row index of the row in the file, from 0
   * @param sampleIndex which completion of the row, from 0
   */
  public static long generation(long seed, long row, int sampleIndex) {
    return add(add(start("generation", seed), row), sampleIndex);
  }

  /**
   * The seed of one row of a step that learns from the data set.
   *
   * @param position place of the row in the step's batch
   */
  public static long example(long runSeed, long step, int position) {
    return add(add(start("example", runSeed), step), position);
  }

  /**
   * The seed of what is dropped from a sequence while a version of the policy learns from it.
   *
   * @param sequenceSeed of {@link #sample} or {@link #example}
   */
  public static long dropout(long sequenceSeed, long version) {
    return add(start("dropout", sequenceSeed), version);
  }

  /** The seed of the order in which an epoch goes through the data set. */
  public static long dataOrder(long runSeed, long epoch) {
    return add(start("data order", runSeed), epoch);
  }

  /** The seed of what a step draws of a share of the data set. */
  public static long pacedOrder(long runSeed, long step) {
    return add(start("paced order", runSeed), step);
  }

  /** The seed of the order in which a step draws further prompts for groups that teach nothing. */
  public static long refillOrder(long runSeed, long step) {
    return add(start("refill order", runSeed), step);
  }

  /** The seed of the order in which an epoch goes through the groups of a step. */
  public static long miniBatches(long runSeed, long step, int epoch) {
    return add(add(start("mini-batches", runSeed), step), epoch);
  }

  /**
   * A permutation of 0 to {@code size - 1}, all equally likely: Fisher and Yates, with SplitMix64
   * started at the seed and numbers below a bound by rejection.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public static int[] permutation(int size, long seed) {
    if (size < 0) {
      throw new IllegalArgumentException("size is " + size + " (expected 0 or more)");
    }
    int[] order = new int[size];
    for (int index = 0; index < size; index++) {
      order[index] = index;
    }
    long state = seed;
    for (int last = size - 1; last > 0; last--) {
      int bound = last + 1;
      // The largest multiple of the bound below 2^63; draws from there on would favour small
      // numbers.
      long limit = Long.MAX_VALUE - Long.MAX_VALUE % bound;
      long draw;
      do {
        state += GOLDEN_GAMMA;
        draw = mix(state) >>> 1;
      } while (draw >= limit);
      int other = (int) (draw % bound);
      int swapped = order[last];
      order[last] = order[other];
      order[other] = swapped;
    }
    return order;
  }

  private static long start(String purpose, long runSeed) {
    return add(add(0, purpose), runSeed);
  }

  private static long add(long hash, long number) {
    return mix((hash + GOLDEN_GAMMA) ^ mix(number));
  }

  private static long add(long hash, String text) {
    long result = add(hash, text.length());
    for (int start = 0; start < text.length(); start += UNITS_PER_LONG) {
      long units = 0;
      for (int index = start; index < Math.min(start + UNITS_PER_LONG, text.length()); index++) {
        units = (units << Character.SIZE) | text.charAt(index);
      }
      result = add(result, units);
    }
    return result;
  }

  /** Stafford's variant 13 of the 64-bit finaliser, as in SplitMix64. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
