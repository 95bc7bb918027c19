package io.hone.driver.train;

import io.hone.conf.ComponentConfig;
import io.hone.conf.LossConfig;
import io.hone.conf.NumberSchedule;
import io.hone.conf.RewardConfig;
import io.hone.conf.RunArithmetic;
import io.hone.conf.RunConfig;
import io.hone.executor.reward.RunningStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that may differ from step to step, as one step has them. They follow from the
 * configuration, the step and what the step before committed, so a restart finds the same ones.
 *
 * @param temperature of sampling, and of the log-probabilities in the loss
 * @param clipLow the ratio is clipped below 1 less this
 * @param clipHigh the ratio is clipped above 1 plus this
 * @param klCoefficient factor of the divergence from the reference policy
 * @param reward with the weights of this step and what running statistics are so far
 * @param multipliers of the reward's constraints
 */
public record StepNumbers(
    double temperature,
    double clipLow,
    double clipHigh,
    double klCoefficient,
    RewardConfig reward,
    List<Multiplier> multipliers) {
  private static final String PREFIX = "schedule/";
  private static final String KL_COEFFICIENT = PREFIX + "kl-coefficient";

  /**
   * Those of a step.
   *
   * @param before metrics of the step before; not read for step 0
   */
  static StepNumbers of(RunConfig config, int step, Metrics before) {
    if (step == 0) {
      return first(config);
    }
    LossConfig loss = config.loss();
    double klCoefficient =
        loss.klTarget().isPresent() ? steered(config, before) : loss.klCoefficient().at(step);
    Map<String, RunningStatistics> seen = new HashMap<>();
    for (String component : RunningStatistics.inputs(config.reward()).keySet()) {
      RunningScores.of(before, component)
          .statistics()
          .ifPresent(statistics -> seen.put(component, statistics));
    }
    return of(
        config,
        step,
        klCoefficient,
        RunningStatistics.apply(config.reward().at(step), seen),
        config.reward().constraints().stream()
            .map(constraint -> Multiplier.after(constraint, before))
            .toList());
  }

  /** Those of the first step. */
  public static StepNumbers first(RunConfig config) {
    return of(
        config,
        0,
        config.loss().klCoefficient().at(0),
        config.reward().at(0),
        config.reward().constraints().stream().map(Multiplier::first).toList());
  }

  private static StepNumbers of(
      RunConfig config,
      int step,
      double klCoefficient,
      RewardConfig reward,
      List<Multiplier> multipliers) {
    return new StepNumbers(
        config.rollout().temperature().at(step),
        config.loss().clipLow().at(step),
        config.loss().clipHigh().at(step),
        klCoefficient,
        reward,
        multipliers);
  }

  private static double steered(RunConfig config, Metrics before) {
    KlController controller =
        new KlController(config.loss().klTarget().orElseThrow(), config.loss().steeringHorizon());
    return controller.next(
        before.get(KL_COEFFICIENT),
        before.get("policy/reference-kl"),
        RunArithmetic.of(config).samplesPerStep());
  }

  /** Tells those that the configuration lets change. */
  void addTo(Metrics metrics, RunConfig config) {
    LossConfig loss = config.loss();
    add(metrics, "temperature", config.rollout().temperature(), temperature);
    add(metrics, "clip-low", loss.clipLow(), clipLow);
    add(metrics, "clip-high", loss.clipHigh(), clipHigh);
    if (loss.klTarget().isPresent() || loss.klCoefficient().changes()) {
      metrics.put(KL_COEFFICIENT, klCoefficient);
    }
    for (int i = 0; i < reward.components().size(); i++) {
      ComponentConfig configured = config.reward().components().get(i);
      add(
          metrics,
          "weight/" + configured.name(),
          configured.weight(),
          reward.components().get(i).weight().value());
    }
    multipliers.forEach(multiplier -> multiplier.addTo(metrics));
  }

  private static void add(Metrics metrics, String name, NumberSchedule schedule, double now) {
    if (schedule.changes()) {
      metrics.put(PREFIX + name, now);
    }
  }
}
