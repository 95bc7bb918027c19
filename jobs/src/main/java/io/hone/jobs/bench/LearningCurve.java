package io.hone.jobs.bench;

import io.hone.driver.train.Metrics;
import io.hone.driver.train.StepListener;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Times the steps of a run from outside: from one commit to the next. */
public final class LearningCurve implements StepListener {
  private final Consumer<Step> each;
  private final List<Step> steps = new ArrayList<>();
  private long last;

  /**
   * One step of a run.
   *
   * @param number from 1, as peers count
   * @param reward mean over the step's completions
   * @param time where the time of the step went
   */
  public record Step(int number, double reward, StepTime time) {}

  /**
   * @param each told of every step
   */
  public LearningCurve(Consumer<Step> each) {
    this.each = each;
  }

  @Override
  public void started(int committed, int replayed, int total) {
    last = System.nanoTime();
  }

  @Override
  public void committed(int step, Metrics metrics) {
    long now = System.nanoTime();
    Step timed =
        new Step(step + 1, metrics.get("reward/mean"), StepTime.of((now - last) * 1e-9, metrics));
    last = now;
    steps.add(timed);
    each.accept(timed);
  }

  /** The steps so far. */
  public List<Step> steps() {
    return steps;
  }

  /** Number of the first step whose mean reward reaches a bar. */
  public OptionalInt firstAt(double reward) {
    return steps.stream()
        .filter(step -> step.reward() >= reward)
        .mapToInt(Step::number)
        .findFirst();
  }
}
