package io.hone.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;

/**
 * A run directory in the hands of the one driver that may write to it.
 *
 * <p>Used by one thread.
 */
public final class RunDirectory implements AutoCloseable {
  private final CommitStore store;
  private final RunLayout layout;
  private final DriverLease lease;
  private final Leftovers leftovers;
  private final MetricsJournal journal;
  private final Checkpoints checkpoints;
  private CommittedRun committed;

  private RunDirectory(CommitStore store, RunLayout layout, DriverLease lease) {
    this.store = store;
    this.layout = layout;
    this.lease = lease;
    this.leftovers = new Leftovers(store.fileSystem(), layout, lease);
    this.journal = new MetricsJournal(store, layout);
    this.checkpoints = new Checkpoints(store, layout, lease.epoch());
  }

  /**
   * Takes a run over, or begins one: holds the lease from here on, removes what earlier drivers
   * left uncommitted, repairs the journal, and verifies what the run will go on from, which is the
   * last complete checkpoint and all steps since.
   *
   * @param location a path or a Hadoop address; made if absent
   * @throws UserException if the file system is not fit for runs or not writable, something else is
   *     in the directory, another driver is at work on it, or something committed is damaged
   */
  public static RunDirectory open(String location, Configuration conf) {
    return open(
        location, conf, Clock.systemUTC(), ProcessIdentity.current(), ProcessIdentity::isAlive);
  }

  static RunDirectory open(
      String location,
      Configuration conf,
      Clock clock,
      ProcessIdentity self,
      Predicate<ProcessIdentity> isAlive) {
    RunLocation run = RunLocation.of(location, conf);
    run.requireRunOrNothing();
    DriverLease lease = DriverLease.acquire(run.store(), run.layout(), clock, self, isAlive);
    try {
      // The order matters: see PreparedFiles.
      run.store().revoke(run.layout().drivers());
      run.store().revoke(run.layout().commits());
      run.store().revoke(run.layout().root());
      lease.keepAlive();
      RunDirectory directory = new RunDirectory(run.store(), run.layout(), lease);
      directory.takeOver();
      return directory;
    } catch (RuntimeException e) {
      closeAfter(lease, e);
      throw e;
    }
  }

  private static void closeAfter(DriverLease lease, RuntimeException failure) {
    try {
      lease.close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void takeOver() {
    committed = CommittedRun.of(store, layout);
    leftovers.clean(committed);
    journal.repair(committed);
    for (int step = committed.latestCheckpoint().orElse(0); step < committed.steps(); step++) {
      committed.verify(step);
    }
  }

  /** What is committed so far. */
  public CommittedRun committed() {
    return committed;
  }

  /** Start number of this driver; goes into the names of its tasks' files. */
  public long epoch() {
    return lease.epoch();
  }

  /** A directory for this driver's exchange alone, not made yet. */
  public String exchangeDirectory() {
    return layout.exchange(lease.epoch()).toString();
  }

  /** Puts run.yaml in place of the one that may be there. */
  public void writeRunFile(String yaml) {
    lease.check();
    store.replace(layout.runFile(), yaml.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Fails if a newer driver has taken the run over.
   *
   * @throws UserException if so; this driver must stop
   */
  public void check() {
    lease.check();
  }

  /**
   * Begins to put the next step together.
   *
   * @throws IllegalArgumentException if another step is next
   */
  public StepCommit beginStep(int step) {
    if (step != committed.steps()) {
      throw new IllegalArgumentException(
          "step " + step + " cannot begin: step " + committed.steps() + " is next");
    }
    lease.check();
    return new StepCommit(step, store, layout, lease, checkpoints, this::published);
  }

  private void published(Manifest manifest, ObjectNode metrics) {
    committed = committed.next();
    journal.append(metrics);
    leftovers.cleanCommitted(manifest);
  }

  /**
   * A complete checkpoint as a directory on a local disk: in place if the run directory is on one,
   * else a copy that is deleted when this run directory is closed.
   */
  public java.nio.file.Path localCheckpoint(int step) {
    return checkpoints.local(step, committed.checkpointFiles(step));
  }

  /**
   * Deletes checkpoints but for the newest {@code keepLast} complete ones, from which the run can
   * go on, and those of the given steps.
   *
   * @throws IllegalArgumentException if {@code keepLast} is less than 1
   */
  public void deleteOldCheckpoints(int keepLast, Set<Integer> kept) {
    if (keepLast < 1) {
      throw new IllegalArgumentException("keepLast is " + keepLast + " (expected 1 or more)");
    }
    lease.check();
    checkpoints.deleteOld(committed, keepLast, kept);
  }

  /** Gives the lease back. */
  @Override
  public void close() {
    checkpoints.deleteCopies();
    lease.close();
  }
}
