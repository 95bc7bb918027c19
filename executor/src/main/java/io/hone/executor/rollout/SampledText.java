package io.hone.executor.rollout;

import io.hone.kernels.model.Completion;
import io.hone.kernels.model.FinishReason;
import java.io.Serializable;

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
}
