package io.hone.jobs.digits;

import com.sun.management.OperatingSystemMXBean;
import io.hone.driver.train.Evaluation;
import io.hone.driver.train.Metrics;
import io.hone.driver.train.StepListener;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The evaluations of a run against the time that it took. */
public final class HeldOutCurve implements StepListener {
  private static final double NANOSECOND = 1e-9;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Consumer<Point> each;
  private final List<Point> points = new ArrayList<>();
  private long start;
  private long cpuStart;

  /**
   * An evaluation.
   *
   * @param step from 1; the evaluation is that of the policy after it
   * @param reward mean over sampled completions
   * @param greedyReward mean over the likeliest completions
   * @param seconds since the run began, by the clock
   * @param cpuSeconds of this process since then, over all of its threads
   */
  public record Point(
      int step, double reward, double greedyReward, double seconds, double cpuSeconds) {}

  /**
   * @param each told of every evaluation
   */
  public HeldOutCurve(Consumer<Point> each) {
    this.each = each;
  }

  @Override
  public void started(int committed, int replayed, int total) {
    start = System.nanoTime();
    cpuStart = SYSTEM.getProcessCpuTime();
  }

  @Override
  public void committed(int step, Metrics metrics) {
    double reward = metrics.get(Evaluation.CRITERION);
    if (Double.isNaN(reward)) {
      return;
    }
    Point point =
        new Point(
            step + 1,
            reward,
            metrics.get("evaluation/greedy/reward-mean"),
            (System.nanoTime() - start) * NANOSECOND,
            (SYSTEM.getProcessCpuTime() - cpuStart) * NANOSECOND);
    points.add(point);
    each.accept(point);
  }

  /** The first evaluation whose mean reward reaches a bar. */
  public Optional<Point> firstAt(double reward) {
    return points.stream().filter(point -> point.reward() >= reward).findFirst();
  }
}
