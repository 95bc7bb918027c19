package io.hone.driver.run;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What a run has committed, read only; open to anyone at any time. */
public final class CommittedRun {
  private CommittedRun() {}

  /** A run directory as it is; a user error if there is none. */
  public static CommittedRun open(String location, Configuration conf) {
    throw new UnsupportedOperationException();
  }

  public RunLayout layout() {
    throw new UnsupportedOperationException();
  }

  /** The content of run.yaml. */
  public Optional<String> runFile() {
    throw new UnsupportedOperationException();
  }

  /** The committed steps are 0 to this number less one. */
  public int steps() {
    throw new UnsupportedOperationException();
  }

  public Manifest manifest(int step) {
    throw new UnsupportedOperationException();
  }

  /** Committed rollout files of a step, in order of partition. */
  public List<Path> rollouts(int step) {
    throw new UnsupportedOperationException();
  }

  /** Committed advantage files of a step, in order of partition. */
  public List<Path> advantages(int step) {
    throw new UnsupportedOperationException();
  }

  /** metrics.json of a step. */
  public String metrics(int step) {
    throw new UnsupportedOperationException();
  }

  /** The newest step whose checkpoint is complete. */
  public Optional<Integer> latestCheckpoint() {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads every file of the step and compares length and CRC-32C; a user error names the first that
   * differs.
   */
  public void verify(int step) {
    throw new UnsupportedOperationException();
  }
}
