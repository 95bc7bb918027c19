package io.hone.driver.run;

import io.hone.conf.UserException;
import io.hone.executor.table.StorageFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a run has committed, as of a moment; read only and open to anyone, also while the run goes
 * on. Nothing in a run directory counts but what is reached from here.
 */
public final class CommittedRun {
  private final CommitStore store;
  private final RunLayout layout;
  private final FileCheck check;
  private final int steps;

  private CommittedRun(CommitStore store, RunLayout layout, int steps) {
    this.store = store;
    this.layout = layout;
    this.check = new FileCheck(store.fileSystem(), layout);
    this.steps = steps;
  }

  /**
   * Reads what is committed now.
   *
   * @param location run directory: a path or a Hadoop address
   * @throws UserException if there is no run, or a commit is missing
   */
  public static CommittedRun open(String location, Configuration conf) {
    RunLocation run = RunLocation.of(location, conf);
    run.requireRun();
    return of(run.store(), run.layout());
  }

  static CommittedRun of(CommitStore store, RunLayout layout) {
    List<Integer> steps =
        Listing.steps(store.fileSystem(), layout.commits(), RunLayout::stepOfCommit);
    for (int step = 0; step < steps.size(); step++) {
      if (steps.get(step) != step) {
        throw new UserException(
            "%s is missing, but %s is there. Expected the commits of all steps up to the last: restore it, or delete all later ones to make these steps again"
                .formatted(layout.commit(step), layout.commit(steps.get(step)).getName()));
      }
    }
    return new CommittedRun(store, layout, steps.size());
  }

  /** The same run, one step on. */
  CommittedRun next() {
    return new CommittedRun(store, layout, steps + 1);
  }

  public RunLayout layout() {
    return layout;
  }

  /** The content of run.yaml. */
  public Optional<String> runFile() {
    return read(layout.runFile()).map(CommittedRun::text);
  }

  /** Number of committed steps, which are 0 to this number less one. */
  public int steps() {
    return steps;
  }

  /**
   * What a step consists of.
   *
   * @throws UserException if the commit is damaged
   */
  public Manifest manifest(int step) {
    requireCommitted(step);
    Path file = layout.commit(step);
    return Manifest.parse(file, step, read(file).orElseThrow(() -> gone(file)));
  }

  /** Rollout files of a step, in order of partition. */
  public List<Path> rollouts(int step) {
    return files(step, layout.rollouts(step));
  }

  /** Advantage files of a step, in order of partition. */
  public List<Path> advantages(int step) {
    return files(step, layout.advantages(step));
  }

  /** metrics.json of a step. */
  public String metrics(int step) {
    requireCommitted(step);
    Path file = layout.metrics(step);
    return text(read(file).orElseThrow(() -> gone(file)));
  }

  /** The newest step whose checkpoint is there with all its files. */
  public Optional<Integer> latestCheckpoint() {
    List<Integer> complete = completeCheckpoints();
    return complete.isEmpty() ? Optional.empty() : Optional.of(complete.get(complete.size() - 1));
  }

  /**
   * The steps whose checkpoints are there with all their files, ascending. One that was being
   * deleted when its driver died does not count.
   */
  public List<Integer> completeCheckpoints() {
    return Listing.steps(store.fileSystem(), layout.checkpoints(), RunLayout::stepOf).stream()
        .filter(step -> step < steps && isComplete(checkpointFiles(step)))
        .toList();
  }

  /**
   * Reads every file of a step, its checkpoint only if that is complete, and compares length and
   * CRC-32C.
   *
   * @throws UserException if a file is missing or damaged
   */
  public void verify(int step) {
    List<FileEntry> files = new ArrayList<>(manifest(step).files());
    List<FileEntry> checkpoint = checkpointFiles(step);
    if (!isComplete(checkpoint)) {
      files.removeAll(checkpoint);
    }
    files.forEach(file -> check.verify(file, step));
  }

  /** The committed files of a step's checkpoint; none if it was made without one. */
  List<FileEntry> checkpointFiles(int step) {
    return manifest(step).below(layout.relative(layout.checkpoint(step)));
  }

  private boolean isComplete(List<FileEntry> files) {
    return !files.isEmpty() && files.stream().allMatch(check::isComplete);
  }

  private List<Path> files(int step, Path directory) {
    return manifest(step).below(layout.relative(directory)).stream()
        .map(file -> layout.absolute(file.path()))
        .toList();
  }

  private void requireCommitted(int step) {
    if (step < 0 || step >= steps) {
      String committed = steps == 0 ? "no step" : "steps 0 to " + (steps - 1);
      throw new UserException(
          "step %d of %s is not committed. Expected a committed one: it has %s"
              .formatted(step, layout.root(), committed));
    }
  }

  private Optional<byte[]> read(Path file) {
    try {
      return store.readIfPresent(file);
    } catch (IOException e) {
      throw StorageFailures.cannotRead(file, e);
    }
  }

  private static UserException gone(Path file) {
    return StorageFailures.cannotRead(file, new FileNotFoundException());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
