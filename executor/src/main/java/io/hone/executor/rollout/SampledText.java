package io.hone.executor.rollout;

import io.hone.kernels.model.Completion;
import io.hone.kernels.model.FinishReason;
import io.hone.kernels.tokenizer.Tokenizer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A completion and its text.
 *
 * @param completion tokens, the stop token or those of a stop string included
 * @param text what scorers see: without stop token and stop string
 */
public record SampledText(Completion completion, String text) implements Serializable {
  /** Whether the completion ended for want of room. */
  public boolean truncated() {
    return completion.finishReason() == FinishReason.LENGTH;
  }

  /**
   * Where the tokens end in the text, as {@link io.hone.executor.reward.TokenEnds} has it. A
   * character that takes several tokens ends with the last of them. Every prefix is decoded, so the
   * time is quadratic in the length.
   *
   * @param prompt tokens before the completion
   */
  int[] tokenEnds(Tokenizer tokenizer, int[] prompt) {
    int[] ids = completion.tokenIds();
    int[] ends = new int[ids.length];
    for (int token = 0; token < ids.length; token++) {
      boolean last = token == ids.length - 1;
      int end =
          last
              ? text.length()
              : commonPrefix(
                  tokenizer.decodeCompletion(prompt, Arrays.copyOf(ids, token + 1)), text);
      ends[token] = token == 0 ? end : Math.max(end, ends[token - 1]);
    }
    return ends;
  }

  private static int commonPrefix(String first, String second) {
    int mismatch = Arrays.mismatch(first.toCharArray(), second.toCharArray());
    return mismatch < 0 ? second.length() : mismatch;
  }
}
