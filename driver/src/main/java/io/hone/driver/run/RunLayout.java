package io.hone.driver.run;

import java.util.Locale;
import org.apache.hadoop.fs.Path;

/** Where things are in a run directory. */
public record RunLayout(Path root) {
  public Path runFile() {
    return new Path(root, "run.yaml");
  }

  public Path steps() {
    return new Path(root, "steps");
  }

  public Path step(int step) {
    return new Path(steps(), number(step));
  }

  public Path rollouts(int step) {
    return new Path(step(step), "rollouts");
  }

  public Path advantages(int step) {
    return new Path(step(step), "advantages");
  }

  public Path metrics(int step) {
    return new Path(step(step), "metrics.json");
  }

  public Path checkpoints() {
    return new Path(root, "checkpoints");
  }

  public Path checkpoint(int step) {
    return new Path(checkpoints(), number(step));
  }

  public Path commits() {
    return new Path(root, "commits");
  }

  public Path commit(int step) {
    return new Path(commits(), number(step) + ".json");
  }

  public Path drivers() {
    return new Path(root, "drivers");
  }

  public Path driver(long epoch) {
    return new Path(drivers(), number(epoch) + ".json");
  }

  public Path journal() {
    return new Path(root, "metrics.jsonl");
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%08d", number);
  }
}
