package io.hone.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import io.hone.executor.table.HadoopFiles;
import io.hone.executor.table.StorageFailures;
import io.hone.executor.table.TableFile;
import io.hone.executor.table.TaskOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.hadoop.fs.Path;

/**
 * One step on its way to being committed. Files get their names as they are added and count once
 * {@link #commit} has returned; if it does not, they are taken away when the run is next opened.
 */
public final class StepCommit {
  private final int step;
  private final CommitStore store;
  private final RunLayout layout;
  private final DriverLease lease;
  private final Checkpoints checkpoints;
  private final BiConsumer<Manifest, ObjectNode> published;
  private final List<FileEntry> files = new ArrayList<>();
  private java.nio.file.Path staging;

  StepCommit(
      int step,
      CommitStore store,
      RunLayout layout,
      DriverLease lease,
      Checkpoints checkpoints,
      BiConsumer<Manifest, ObjectNode> published) {
    this.step = step;
    this.store = store;
    this.layout = layout;
    this.lease = lease;
    this.checkpoints = checkpoints;
    this.published = published;
  }

  /**
   * Gives the winning attempts' files their names.
   *
   * @param winners one for each partition
   * @return their paths, in order of partition
   */
  public List<Path> addRollouts(List<TableFile> winners) {
    return add(winners, layout.rollouts(step));
  }

  /**
   * Gives the winning attempts' files their names.
   *
   * @param winners one for each partition
   * @return their paths, in order of partition
   */
  public List<Path> addAdvantages(List<TableFile> winners) {
    return add(winners, layout.advantages(step));
  }

  /**
   * Gives the winning attempts' files their names.
   *
   * @param name which table of the evaluation
   * @param winners one for each partition
   * @return their paths, in order of partition
   */
  public List<Path> addEvaluation(String name, List<TableFile> winners) {
    return add(winners, layout.evaluation(step, name));
  }

  /** A directory on a local disk, not made yet, to write the step's checkpoint to. */
  public java.nio.file.Path checkpointStaging() {
    if (staging == null) {
      staging = checkpoints.stagingDirectory(step);
    }
    return staging;
  }

  /** Takes the staged checkpoint into the run directory. */
  public void addCheckpoint() {
    lease.check();
    files.addAll(checkpoints.store(checkpointStaging(), step));
  }

  /**
   * Writes metrics.json, publishes the manifest and adds the metrics to the journal.
   *
   * @param policyVersion version of the weights after the step
   * @param weightsFingerprint their fingerprint
   * @param metrics numbers and text by name; those that are not finite become text
   * @throws UserException if another driver has taken over, or the commit could not be written
   */
  public Manifest commit(long policyVersion, long weightsFingerprint, Map<String, ?> metrics) {
    return commit(policyVersion, weightsFingerprint, OptionalLong.empty(), metrics);
  }

  /**
   * As {@link #commit(long, long, Map)}, for a run that trains a critic beside the policy.
   *
   * @param criticFingerprint of the critic's weights after the step
   */
  public Manifest commit(
      long policyVersion,
      long weightsFingerprint,
      OptionalLong criticFingerprint,
      Map<String, ?> metrics) {
    lease.check();
    ObjectNode json = Json.object();
    json.put("step", step);
    metrics.forEach((name, value) -> json.set(name, Json.mapper().valueToTree(value)));
    addMetrics(Json.bytes(json));
    Manifest manifest =
        new Manifest(
            step, lease.epoch(), policyVersion, weightsFingerprint, criticFingerprint, files);
    if (publish(manifest) == Publication.TAKEN) {
      throw new UserException(
          "step %d of %s was committed by another driver. This one, driver %d, stops; start again to go on from there"
              .formatted(step, layout.root(), lease.epoch()));
    }
    published.accept(manifest, json);
    return manifest;
  }

  private Publication publish(Manifest manifest) {
    try {
      return store.publish(layout.commit(step), manifest.toJson(), lease::check);
    } catch (UserException e) {
      // What was prepared may have been revoked, and that is then the reason.
      lease.check();
      throw e;
    }
  }

  private List<Path> add(List<TableFile> winners, Path directory) {
    lease.check();
    List<Path> paths = new ArrayList<>();
    Set<Integer> partitions = new HashSet<>();
    for (TableFile winner :
        winners.stream().sorted(Comparator.comparingInt(TableFile::partition)).toList()) {
      if (!partitions.add(winner.partition())) {
        throw new IllegalArgumentException(
            "two files of partition " + winner.partition() + " in " + directory);
      }
      String name = String.format(Locale.ROOT, "part-%05d.parquet", winner.partition());
      Path target = new Path(directory, name);
      store.move(new Path(winner.path()), target);
      files.add(new FileEntry(layout.relative(target), winner.length(), winner.crc32c()));
      paths.add(target);
    }
    return paths;
  }

  private void addMetrics(byte[] json) {
    Path target = layout.metrics(step);
    Path prepared =
        new Path(
            new Path(layout.step(step), TaskOutput.TEMPORARY),
            target.getName() + "." + lease.epoch());
    try {
      HadoopFiles.write(store.fileSystem(), prepared, json);
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(target, e);
    }
    store.move(prepared, target);
    files.add(new FileEntry(layout.relative(target), json.length, HadoopFiles.crc32c(json)));
  }
}
