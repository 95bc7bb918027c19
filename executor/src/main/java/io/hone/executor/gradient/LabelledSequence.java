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
    implements Serializable {}
