package io.hone.driver.exchange;

import io.hone.conf.OptimizerConfig;

/**
 * The learning rate of an update, counted from 0 over applied updates; a skipped update does not
 * advance it. Warm-up is {@code lr (u + 1) / warm-up}; afterwards constant, or down to {@code
 * minimum-ratio * lr} along a line or a half cosine that reaches it with the last update.
 */
public final class LearningRateSchedule {
  private final OptimizerConfig config;
  private final long updates;

  /**
   * @param updates how many updates the whole run makes; what a decaying schedule ends with
   */
  public LearningRateSchedule(OptimizerConfig config, long updates) {
    this.config = config;
    this.updates = updates;
  }

  /** The learning rate of update {@code update}, from 0. */
  public double at(long update) {
    double peak = config.learningRate();
    if (update < config.warmupUpdates()) {
      return peak * (update + 1) / config.warmupUpdates();
    }
    double span = Math.max(1, updates - 1 - config.warmupUpdates());
    double progress = Math.min(1, (update - config.warmupUpdates()) / span);
    double floor = peak * config.minimumRatio();
    return switch (config.schedule()) {
      case CONSTANT -> peak;
      case LINEAR -> floor + (peak - floor) * (1 - progress);
      case COSINE -> floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * progress));
    };
  }
}
