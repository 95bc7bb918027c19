package io.hone.jobs.terminal;

import io.hone.driver.train.Metrics;
import io.hone.driver.train.StepListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells of a run as it goes: a line for each step, or for one a second where steps are shorter.
 * Evaluations and the last step always have theirs.
 */
public final class StepLines implements StepListener {
  private static final long SECOND = 1_000_000_000L;

  private final Console console;
  private int steps;
  private long lastLine = System.nanoTime() - SECOND;

  public StepLines(Console console) {
    this.console = console;
  }

  @Override
  public void read(long used, long skipped, long leftOut) {
    if (skipped > 0 || leftOut > 0) {
      console
          .err()
          .println(
              used
                  + " rows to train on"
                  + (skipped > 0 ? ", " + skipped + " bad ones skipped" : "")
                  + (leftOut > 0 ? ", " + leftOut + " left out by data.curriculum" : ""));
    }
  }

  @Override
  public void started(int committed, int replayed, int total) {
    steps = total;
    if (committed >= total) {
      console.err().println("All " + total + " steps are committed already: nothing to do.");
    } else if (committed > 0) {
      console
          .err()
          .println(
              "Going on behind step "
                  + (committed - 1)
                  + (replayed > 0 ? ", replaying " + replayed + " from committed rollouts." : "."));
    }
  }

  @Override
  public void committed(int step, Metrics metrics) {
    boolean notable = step == steps - 1 || !Double.isNaN(metrics.get("evaluation/reward-mean"));
    if (!notable && System.nanoTime() - lastLine < SECOND) {
      return;
    }
    lastLine = System.nanoTime();
    console.err().println(String.join("  ", line(step, metrics)));
  }

  private List<String> line(int step, Metrics metrics) {
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format("step %" + Integer.toString(steps - 1).length() + "d/%d", step, steps - 1));
    add(parts, "reward", Numbers.decimals(metrics.get("reward/mean"), 3));
    if (metrics.components().size() > 1) {
      for (String component : metrics.components()) {
        add(parts, component, Numbers.decimals(metrics.componentMean(component), 3));
      }
    }
    if (metrics.get("reward/valid-share") < 1) {
      add(parts, "valid", Numbers.percent(metrics.get("reward/valid-share")));
    }
    add(parts, "loss", Numbers.signed(metrics.get("loss"), 4));
    add(parts, "margin", Numbers.decimals(metrics.get("preference/margin"), 3));
    add(parts, "accuracy", Numbers.percent(metrics.get("preference/accuracy")));
    add(parts, "length", Numbers.decimals(metrics.get("length/mean"), 1));
    add(parts, "entropy", Numbers.decimals(metrics.get("policy/entropy"), 2));
    add(parts, "gradient", Numbers.significant(metrics.get("gradient/norm")));
    if (metrics.get("updates/skipped") > 0) {
      add(parts, "skipped", Numbers.decimals(metrics.get("updates/skipped"), 0));
    }
    add(parts, "held-out", Numbers.decimals(metrics.get("evaluation/reward-mean"), 3));
    parts.add(Durations.format(metrics.get("time/step")));
    return parts;
  }

  private static void add(List<String> parts, String name, String number) {
    if (!number.equals("-")) {
      parts.add(name + " " + number);
    }
  }
}
