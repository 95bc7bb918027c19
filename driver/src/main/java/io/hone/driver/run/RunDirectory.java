package io.hone.driver.run;

import org.apache.hadoop.conf.Configuration;

/** A run directory in the hands of the one driver that may write to it. */
public final class RunDirectory implements AutoCloseable {
  private RunDirectory() {}

  /**
   * Takes the lease, removes what earlier drivers left uncommitted, repairs the journal. Makes the
   * directory if it is absent.
   */
  public static RunDirectory open(String location, Configuration conf) {
    throw new UnsupportedOperationException();
  }

  public CommittedRun committed() {
    throw new UnsupportedOperationException();
  }

  /** Start number of this driver; goes into the names of its tasks' files. */
  public long epoch() {
    throw new UnsupportedOperationException();
  }

  /** Puts run.yaml in place of the one that may be there. */
  public void writeRunFile(String yaml) {
    throw new UnsupportedOperationException();
  }

  /** Fails if a newer driver has taken the run over. Called before each commit, too. */
  public void check() {
    throw new UnsupportedOperationException();
  }

  /** Begins to put the next step together. */
  public StepCommit beginStep(int step) {
    throw new UnsupportedOperationException();
  }

  /**
   * A path on a local disk for the complete checkpoint of a step; absent, as files or on HDFS
   * alike.
   */
  public java.nio.file.Path localCheckpoint(int step) {
    throw new UnsupportedOperationException();
  }

  /** Deletes checkpoints but for the newest {@code keepLast} and those of the given steps. */
  public void deleteOldCheckpoints(int keepLast, java.util.Set<Integer> kept) {
    throw new UnsupportedOperationException();
  }

  /** Gives the lease back. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
