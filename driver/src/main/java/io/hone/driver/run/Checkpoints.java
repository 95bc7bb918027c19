package io.hone.driver.run;

import io.hone.executor.table.HadoopFiles;
import io.hone.executor.table.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoint directories of a run. They are written and read on a local disk, in place if the
 * run directory is on one, else with a copy.
 */
final class Checkpoints {
  private static final String STAGED = "_tmp";

  private final CommitStore store;
  private final RunLayout layout;
  private final long epoch;
  private final List<java.nio.file.Path> copies = new ArrayList<>();

  Checkpoints(CommitStore store, RunLayout layout, long epoch) {
    this.store = store;
    this.layout = layout;
    this.epoch = epoch;
  }

  /** A directory that does not exist, on a local disk, to write a step's checkpoint to. */
  java.nio.file.Path stagingDirectory(int step) {
    if (isLocal()) {
      return LocalFiles.local(staged(step));
    }
    try {
      return copyDirectory().resolve(staged(step).getName());
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(new Path(System.getProperty("java.io.tmpdir")), e);
    }
  }

  /** Takes a staged directory into the run directory, on the disk and under its name. */
  List<FileEntry> store(java.nio.file.Path staging, int step) {
    Path target = layout.checkpoint(step);
    List<FileEntry> entries = new ArrayList<>();
    try {
      for (java.nio.file.Path file : filesBelow(staging)) {
        entries.add(entry(staging, file, target));
      }
      if (!isLocal()) {
        upload(staging, step);
      }
      store.move(staged(step), target);
      return entries;
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(target, e);
    }
  }

  /** A complete checkpoint as a directory on a local disk. */
  java.nio.file.Path local(int step, List<FileEntry> files) {
    if (isLocal()) {
      return LocalFiles.local(layout.checkpoint(step));
    }
    Path source = layout.checkpoint(step);
    try {
      java.nio.file.Path copy = copyDirectory();
      for (FileEntry file : files) {
        java.nio.file.Path target =
            copy.resolve(file.path().substring(layout.relative(source).length() + 1));
        Files.createDirectories(target.getParent());
        store
            .fileSystem()
            .copyToLocalFile(false, layout.absolute(file.path()), new Path(target.toUri()), true);
      }
      return copy;
    } catch (IOException e) {
      throw StorageFailures.cannotRead(source, e);
    }
  }

  /** Deletes all but the newest {@code keepLast} complete checkpoints and those of some steps. */
  void deleteOld(CommittedRun run, int keepLast, Set<Integer> kept) {
    List<Integer> complete = run.completeCheckpoints();
    Set<Integer> keep = new HashSet<>(kept);
    keep.addAll(complete.subList(Math.max(0, complete.size() - keepLast), complete.size()));
    FileSystem fileSystem = store.fileSystem();
    for (int step : Listing.steps(fileSystem, layout.checkpoints(), RunLayout::stepOf)) {
      if (!keep.contains(step)) {
        Leftovers.delete(fileSystem, layout.checkpoint(step));
      }
    }
  }

  /** Deletes the copies on the local disk. */
  void deleteCopies() {
    copies.forEach(copy -> FileUtil.fullyDelete(copy.toFile()));
    copies.clear();
  }

  private java.nio.file.Path copyDirectory() throws IOException {
    java.nio.file.Path copy = Files.createTempDirectory("hone-checkpoint");
    copies.add(copy);
    return copy;
  }

  private Path staged(int step) {
    Path target = layout.checkpoint(step);
    return new Path(new Path(layout.checkpoints(), STAGED), target.getName() + "." + epoch);
  }

  private boolean isLocal() {
    return "file".equals(store.fileSystem().getUri().getScheme());
  }

  private FileEntry entry(java.nio.file.Path root, java.nio.file.Path file, Path target)
      throws IOException {
    LocalFiles.sync(file);
    String name =
        root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    return new FileEntry(
        layout.relative(new Path(target, name)), Files.size(file), HadoopFiles.crc32c(file));
  }

  private void upload(java.nio.file.Path staging, int step) throws IOException {
    store.fileSystem().copyFromLocalFile(true, true, new Path(staging.toUri()), staged(step));
  }

  private static List<java.nio.file.Path> filesBelow(java.nio.file.Path root) throws IOException {
    try (Stream<java.nio.file.Path> paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }
}
