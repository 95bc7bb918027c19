package io.hone.executor.rollout;

import java.util.Arrays;

/** Sequences of token ids. */
public final class Tokens {
  private Tokens() {}

  /** Prompt and completion as one sequence. */
  public static int[] concatenate(int[] prompt, int[] completion) {
    int[] sequence = Arrays.copyOf(prompt, prompt.length + completion.length);
    System.arraycopy(completion, 0, sequence, prompt.length, completion.length);
    return sequence;
  }
}
