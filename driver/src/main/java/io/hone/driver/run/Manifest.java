package io.hone.driver.run;

import java.util.List;

/**
 * What a commit says: that a step happened, which files belong to it and what the policy was
 * afterwards.
 *
 * @param step from 0
 * @param driverEpoch the driver that committed it
 * @param policyVersion version of the weights after the step
 * @param weightsFingerprint their fingerprint
 * @param files all files of the step, in order of path
 */
public record Manifest(
    int step,
    long driverEpoch,
    long policyVersion,
    long weightsFingerprint,
    List<FileEntry> files) {
  public Manifest {
    files = List.copyOf(files);
  }
}
