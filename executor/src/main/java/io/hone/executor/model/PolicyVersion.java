package io.hone.executor.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatSequence;
import java.io.Serializable;

/**
 * The weights of one version of a model, as they are broadcast: all of them, or those of an adapter
 * where only that learns; themselves, or where to read them.
 *
 * @param version grows by one with each applied update; the initial checkpoint is 0
 * @param architecture what the weights mean
 * @param weights the parameters that learn, fp32; serialisable
 * @param base what they adapt; null where all parameters learn
 * @param settings where and in which precision tasks compute with them
 */
public record PolicyVersion(
    long version,
    Architecture architecture,
    FlatSequence weights,
    FrozenBase base,
    ComputeSettings settings)
    implements Serializable {
  private static final long PRIME = 0x9E3779B185EBCA87L;

  /** A version of which all parameters learn. */
  public PolicyVersion(
      long version, Architecture architecture, FlatSequence weights, ComputeSettings settings) {
    this(version, architecture, weights, null, settings);
  }

  /** The version after an update. */
  public PolicyVersion next(FlatSequence updated) {
    return new PolicyVersion(version + 1, architecture, updated, base, settings);
  }

  /** The same version with its weights in another place. */
  public PolicyVersion at(FlatSequence place) {
    return new PolicyVersion(version, architecture, place, base, settings);
  }

  /** A digest of all floats that a task computes with, those of the base included. */
  public long fingerprint() {
    return base == null
        ? weights.fingerprint()
        : fingerprint(base.weights().value().fingerprint(), weights.fingerprint());
  }

  static long fingerprint(long base, long adapter) {
    return Long.rotateLeft(base * PRIME, 31) + adapter;
  }
}
