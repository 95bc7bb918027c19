package io.hone.driver.train;

import io.hone.conf.ConstraintConfig;
import io.hone.conf.ConstraintConfig.Direction;
import io.hone.conf.ConstraintConfig.Form;
import io.hone.conf.RewardConfig;
import io.hone.executor.advantage.Constraint;

/**
 * The multiplier of a constraint at one step. It keeps nothing: the next one follows from the last
 * one and what came of it, which the step's metrics hold.
 *
 * <p>Moskovitz et al., "Confronting reward model overoptimization with constrained RLHF", 2023,
 * whose code descends {@code sigmoid(mu) (mean - threshold)}, or {@code mu (mean - threshold)}, by
 * stochastic gradient descent with momentum. The bounds of mu and of the gradient are ours.
 *
 * @param config of the constraint
 * @param value mu, from -10 to 10
 * @param velocity sum of the gradients so far, older ones fading
 */
record Multiplier(ConstraintConfig config, double value, double velocity) {
  private static final double GREATEST = 10;

  /** That of the first step. */
  static Multiplier first(ConstraintConfig config) {
    return new Multiplier(config, config.multiplier(), 0);
  }

  /** That of the step after one whose metrics these are. */
  static Multiplier after(ConstraintConfig config, Metrics before) {
    String name = name(config);
    Multiplier last =
        new Multiplier(config, before.get(name + "/multiplier"), before.get(name + "/velocity"));
    double mean = before.get(name + "/mean");
    return Double.isNaN(mean) ? last : last.next(mean);
  }

  /**
   * That of the next step.
   *
   * @param mean score of the component in this one
   */
  Multiplier next(double mean) {
    double distance = sign() * (mean - config.threshold());
    double gradient = slope() * distance;
    double cut = Math.max(-config.maxGradient(), Math.min(config.maxGradient(), gradient));
    double faster = config.momentum() * velocity + cut;
    double moved = value - config.learningRate() * faster;
    return new Multiplier(config, Math.max(least(), Math.min(GREATEST, moved)), faster);
  }

  /**
   * What it makes of the component in the advantages of the step.
   *
   * @param reward with that component
   */
  Constraint constraint(RewardConfig reward) {
    return new Constraint(
        reward.component(config.component()), sign(), coefficient(), config.form() == Form.SIGMOID);
  }

  void addTo(Metrics metrics) {
    String name = name(config);
    metrics.put(name + "/multiplier", value);
    metrics.put(name + "/velocity", velocity);
    metrics.put(name + "/coefficient", coefficient());
  }

  private int sign() {
    return config.direction() == Direction.AT_MOST ? -1 : 1;
  }

  private double least() {
    return config.form() == Form.SIGMOID || config.direction() == Direction.EQUAL ? -GREATEST : 0;
  }

  private double coefficient() {
    if (config.form() == Form.LINEAR) {
      return value;
    }
    return config.direction() == Direction.EQUAL ? StrictMath.tanh(value) : sigmoid();
  }

  /** Derivative of the coefficient. */
  private double slope() {
    if (config.form() == Form.LINEAR) {
      return 1;
    }
    double coefficient = coefficient();
    return config.direction() == Direction.EQUAL
        ? 1 - coefficient * coefficient
        : coefficient * (1 - coefficient);
  }

  private double sigmoid() {
    return 1 / (1 + StrictMath.exp(-value));
  }

  /** Of the metrics of a constraint; its mean is written with those of the scores. */
  static String name(ConstraintConfig config) {
    return "constraint/" + config.component();
  }
}
