package io.hone.driver.run;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Where things are in a run directory.
 *
 * @param root the run directory, fully qualified
 */
public record RunLayout(Path root) {
  private static final Pattern NUMBER = Pattern.compile("\\d{8,9}");
  private static final String COMMIT = ".json";

  /** The resolved configuration. */
  public Path runFile() {
    return new Path(root, "run.yaml");
  }

  /** One line for each committed step. */
  public Path journal() {
    return new Path(root, "metrics.jsonl");
  }

  public Path steps() {
    return new Path(root, "steps");
  }

  public Path step(int step) {
    return new Path(steps(), name(step));
  }

  public Path rollouts(int step) {
    return new Path(step(step), "rollouts");
  }

  public Path advantages(int step) {
    return new Path(step(step), "advantages");
  }

  /**
   * The rollouts of an evaluation after a step.
   *
   * @param name which of its tables
   */
  public Path evaluation(int step, String name) {
    return new Path(new Path(step(step), "evaluation"), name);
  }

  public Path metrics(int step) {
    return new Path(step(step), "metrics.json");
  }

  public Path checkpoints() {
    return new Path(root, "checkpoints");
  }

  public Path checkpoint(int step) {
    return new Path(checkpoints(), name(step));
  }

  /** What sharded exchanges keep between two checkpoints. */
  public Path exchanges() {
    return new Path(root, "exchange");
  }

  /** The part of it that the driver of this start number owns. */
  public Path exchange(long epoch) {
    return new Path(exchanges(), name(epoch));
  }

  public Path commits() {
    return new Path(root, "commits");
  }

  public Path commit(int step) {
    return new Path(commits(), name(step) + COMMIT);
  }

  public Path drivers() {
    return new Path(root, "drivers");
  }

  public Path driver(long epoch) {
    return new Path(drivers(), name(epoch) + ".json");
  }

  /** The path of something in the run directory, relative to it, as manifests have it. */
  String relative(Path path) {
    return root.toUri().relativize(path.toUri()).getPath();
  }

  /** The inverse of {@link #relative}. */
  Path absolute(String relative) {
    return new Path(root, relative);
  }

  /** The step of a directory named like one. */
  static OptionalInt stepOf(String directoryName) {
    return NUMBER.matcher(directoryName).matches()
        ? OptionalInt.of(Integer.parseInt(directoryName))
        : OptionalInt.empty();
  }

  /** The step of a commit's file. */
  static OptionalInt stepOfCommit(String fileName) {
    return fileName.endsWith(COMMIT)
        ? stepOf(fileName.substring(0, fileName.length() - COMMIT.length()))
        : OptionalInt.empty();
  }

  private static String name(long number) {
    return String.format(Locale.ROOT, "%08d", number);
  }
}
