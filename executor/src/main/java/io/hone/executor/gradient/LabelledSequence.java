package io.hone.executor.gradient;

import io.hone.kernels.model.Preference;
import java.io.Serializable;

/**
 * A prompt and a completion that is preferred, or not.
 *
 * @param sequence both
 * @param preference what the completion is
 */
public record LabelledSequence(TokenSequence sequence, Preference preference)
    implements Serializable {

  /** The same with another seed of what is random while learning it. */
  public LabelledSequence withSeed(long seed) {
    return new LabelledSequence(sequence.withSeed(seed), preference);
  }
}
