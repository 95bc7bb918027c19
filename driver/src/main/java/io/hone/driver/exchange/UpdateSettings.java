package io.hone.driver.exchange;

import io.hone.conf.OptimizerConfig;
import io.hone.conf.TrainingConfig;
import io.hone.executor.model.TaskResources;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.model.AdamWSettings;

/**
 * What updates are made with, the same for every exchange.
 *
 * @param layout of weights, gradients and moments
 * @param optimizer hyper-parameters
 * @param schedule of the learning rate
 * @param tokensPerMicroBatch bound of a forward and backward pass, padding included
 * @param resources of tasks
 */
public record UpdateSettings(
    Layout layout,
    AdamWSettings optimizer,
    LearningRateSchedule schedule,
    long tokensPerMicroBatch,
    TaskResources resources) {

  /**
   * Of a run, or of its critic.
   *
   * @param updates how many updates the run makes; what a decaying schedule ends with
   */
  public static UpdateSettings of(
      TrainingConfig training,
      OptimizerConfig optimizer,
      Layout layout,
      long updates,
      TaskResources resources) {
    return new UpdateSettings(
        layout,
        new AdamWSettings(
            optimizer.beta1(),
            optimizer.beta2(),
            optimizer.epsilon(),
            optimizer.weightDecay(),
            optimizer.maxGradientNorm()),
        new LearningRateSchedule(optimizer, updates),
        training.tokensPerMicroBatch(),
        resources);
  }
}
