package io.hone.driver.exchange;

import io.hone.driver.train.LearningRateSchedule;
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
    TaskResources resources) {}
