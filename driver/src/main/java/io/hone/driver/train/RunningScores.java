package io.hone.driver.train;

import io.hone.executor.reward.RunningStatistics;
import io.hone.executor.reward.Score;
import io.hone.executor.rollout.SampleOutcome;
import io.hone.executor.statistics.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The scores of a component in all steps so far, merged step by step in the order of completions,
 * so that partitions do not matter. They live in the metrics of the last step, whose commit makes
 * them last.
 *
 * @param moments of the scores
 * @param minimum the least; infinite of none
 * @param maximum the greatest; infinite of none
 */
record RunningScores(Moments moments, double minimum, double maximum) {
  private static final double GREATEST = 1e150;

  private static final RunningScores NONE =
      new RunningScores(Moments.NONE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  /**
   * Those that a step's metrics tell of.
   *
   * @param component that they normalise
   */
  static RunningScores of(Metrics metrics, String component) {
    String name = name(component);
    double count = metrics.get(name + "/count");
    return Double.isNaN(count)
        ? NONE
        : new RunningScores(
            new Moments((long) count, metrics.get(name + "/mean"), metrics.get(name + "/squares")),
            metrics.get(name + "/minimum"),
            metrics.get(name + "/maximum"));
  }

  /**
   * These and those of a step.
   *
   * @param outcomes of all completions, in the order of the step
   * @param component whose scores count; those whose squares no number can hold do not
   */
  RunningScores plus(List<SampleOutcome> outcomes, String component) {
    double[] scores =
        outcomes.stream()
            .map(outcome -> outcome.reward().components().get(component))
            .filter(Score::valid)
            .mapToDouble(Score::value)
            .filter(score -> Math.abs(score) <= GREATEST)
            .toArray();
    return new RunningScores(
        moments.plus(Moments.of(scores)),
        Math.min(minimum, Arrays.stream(scores).min().orElse(minimum)),
        Math.max(maximum, Arrays.stream(scores).max().orElse(maximum)));
  }

  /** What normalises scores; empty where there were none. */
  Optional<RunningStatistics> statistics() {
    return moments.count() == 0
        ? Optional.empty()
        : Optional.of(new RunningStatistics(moments.mean(), moments.deviation(), minimum, maximum));
  }

  void addTo(Metrics metrics, String component) {
    if (moments.count() == 0) {
      return;
    }
    String name = name(component);
    metrics.put(name + "/count", moments.count());
    metrics.put(name + "/mean", moments.mean());
    metrics.put(name + "/squares", moments.squares());
    metrics.put(name + "/minimum", minimum);
    metrics.put(name + "/maximum", maximum);
  }

  private static String name(String component) {
    return "running/" + component;
  }
}
