package io.hone.kernels.model;

import java.io.Serializable;

/**
 * The clipped loss of values v against returns R: {@code coefficient / 2 max((v - R)^2, (clamp(v, o
 * - clip, o + clip) - R)^2)} per token, with o the value at the weights with which the step began;
 * aggregated as the loss that it is part of. Numbers as verl's {@code compute_value_loss} and TRL's
 * PPO have them.
 *
 * @param coefficient above 0
 * @param clip at least 0; infinite is no clipping
 */
public record ValueLoss(double coefficient, double clip) implements Serializable {
  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public ValueLoss {
    LossSettings.require(coefficient > 0, "coefficient", coefficient, "above 0");
    LossSettings.require(clip >= 0, "clip", clip, "at least 0");
  }
}
