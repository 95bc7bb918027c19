package io.hone.executor.model;

import java.io.Serializable;

/**
 * Which weights a task computed with, returned with its result.
 *
 * @param executor Spark's id of the executor
 * @param version the policy version
 * @param fingerprint of the floats that the executor holds
 * @param instructionSet of the processor that computed, see {@link InstructionSet}, or {@link #GPU}
 */
public record WeightsUsed(String executor, long version, long fingerprint, String instructionSet)
    implements Serializable {
  /** Stands for the instruction set of every GPU. */
  public static final String GPU = "gpu";

  /** Whether the same task gives the same bits again. */
  public boolean reproducible() {
    return !instructionSet.equals(GPU);
  }
}
