package io.hone.kernels.model;

import java.io.Serializable;

/** What one optimiser update minimises, with its normalisers over the whole mini-batch. */
public sealed interface Objective extends Serializable permits LossSettings, PreferenceSettings {

  /** Log-probabilities are of the logits divided by it; above 0. */
  float temperature();
}
