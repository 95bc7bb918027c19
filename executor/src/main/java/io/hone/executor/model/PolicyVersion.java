package io.hone.executor.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatSequence;
import java.io.Serializable;

/**
 * The weights of one version of a model, as they are broadcast: themselves, or where to read them.
 *
 * @param version grows by one with each applied update; the initial checkpoint is 0
 * @param architecture what the weights mean
 * @param weights all parameters, fp32; serialisable
 * @param settings where and in which precision tasks compute with them
 */
public record PolicyVersion(
    long version, Architecture architecture, FlatSequence weights, ComputeSettings settings)
    implements Serializable {

  /** The same version with its weights in another place. */
  public PolicyVersion at(FlatSequence place) {
    return new PolicyVersion(version, architecture, place, settings);
  }
}
