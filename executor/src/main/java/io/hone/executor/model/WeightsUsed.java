package io.hone.executor.model;

import java.io.Serializable;

/**
 * Which weights a task computed with, returned with its result.
 *
 * @param executor Spark's id of the executor
 * @param version the policy version
 * @param fingerprint of the floats that the executor holds
 * @param instructionSet of the machine, see {@link InstructionSet}
 */
public record WeightsUsed(String executor, long version, long fingerprint, String instructionSet)
    implements Serializable {}
