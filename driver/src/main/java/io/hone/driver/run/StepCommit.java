package io.hone.driver.run;

import io.hone.executor.table.TableFile;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** One step on its way to being committed. */
public final class StepCommit {
  StepCommit() {}

  /** Gives the winning attempts' files their names; returns them in order of partition. */
  public List<Path> addRollouts(List<TableFile> winners) {
    throw new UnsupportedOperationException();
  }

  /** Gives the winning attempts' files their names; returns them in order of partition. */
  public List<Path> addAdvantages(List<TableFile> winners) {
    throw new UnsupportedOperationException();
  }

  /** A directory on a local disk, not made yet, to write the step's checkpoint to. */
  public java.nio.file.Path checkpointStaging() {
    throw new UnsupportedOperationException();
  }

  /** Takes the staged checkpoint into the run directory. */
  public void addCheckpoint() {
    throw new UnsupportedOperationException();
  }

  /** Writes metrics.json, publishes the manifest and adds the metrics to the journal. */
  public Manifest commit(long policyVersion, long weightsFingerprint, Map<String, ?> metrics) {
    throw new UnsupportedOperationException();
  }
}
