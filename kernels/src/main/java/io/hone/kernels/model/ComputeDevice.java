package io.hone.kernels.model;

import java.io.Serializable;

/**
 * Where a model computes and in which type. Parameters, gradients and log-probabilities are 32-bit
 * floats everywhere; the compute type is that of activations and matrix products.
 *
 * @param gpu index of the GPU, or -1 for the CPU
 * @param computeType type of activations
 */
public record ComputeDevice(int gpu, ComputeType computeType) implements Serializable {

  /** Type of activations and matrix products. */
  public enum ComputeType {
    FLOAT32,
    BFLOAT16,
    FLOAT16
  }

  /** The CPU in 32-bit floats. */
  public static ComputeDevice cpu() {
    return new ComputeDevice(-1, ComputeType.FLOAT32);
  }

  /** One GPU. */
  public static ComputeDevice gpu(int index, ComputeType computeType) {
    return new ComputeDevice(index, computeType);
  }
}
