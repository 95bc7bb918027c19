package io.hone.kernels.model;

import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay
 * regularization", 2019) and clipping by the global norm. Values as {@code torch.optim.AdamW} and
 * {@code torch.nn.utils.clip_grad_norm_}. The norm is summed in double precision in a fixed order,
 * so the same inputs give the same bits.
 */
public final class AdamW {

  /**
   * @param layout layout of weights, gradients and moments
   * @param settings hyper-parameters
   */
  public AdamW(Layout layout, AdamWSettings settings) {
    throw new UnsupportedOperationException("to come");
  }

  /** The state before the first update: zero moments. */
  public AdamWState initialState() {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * One update. Arguments are not changed.
   *
   * @param weights current weights
   * @param state current state
   * @param gradient gradient of the loss, in the same layout
   * @param learningRate learning rate of this update
   * @throws IllegalArgumentException if sizes differ from the layout's
   */
  public AdamWUpdate update(
      FlatWeights weights, AdamWState state, FlatWeights gradient, double learningRate) {
    throw new UnsupportedOperationException("to come");
  }
}
