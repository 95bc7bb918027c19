package io.hone.driver.train;

import io.hone.conf.RunConfig;
import io.hone.driver.data.EpochOrder;
import io.hone.driver.exchange.UpdateResult;
import io.hone.driver.run.StepCommit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step on rows of the data set: one batch of them, an update for each mini-batch of each epoch.
 *
 * @param <R> what a row is
 */
final class RowStep<R> implements StepRunner {
  private final RunConfig config;
  private final List<R> rows;
  private final EpochOrder order;
  private final RowLearner<R> learner;
  private final UpdateQuota quota;

  RowStep(
      RunConfig config, List<R> rows, EpochOrder order, RowLearner<R> learner, UpdateQuota quota) {
    this.config = config;
    this.rows = rows;
    this.order = order;
    this.learner = learner;
    this.quota = quota;
  }

  @Override
  public Metrics run(int step, StepCommit commit) {
    List<UpdateResult> updates = learn(step);
    Metrics metrics = new Metrics();
    learner.metrics(metrics, updates);
    UpdateMetrics.times(metrics, updates);
    UpdateMetrics.exchange(metrics, updates);
    metrics.put("time/spark", UpdateMetrics.sparkOverhead(updates));
    return metrics;
  }

  @Override
  public List<UpdateResult> replay(int step) {
    return learn(step);
  }

  private List<UpdateResult> learn(int step) {
    List<R> batch = Arrays.stream(order.indices(step)).mapToObj(rows::get).toList();
    List<UpdateResult> updates = new ArrayList<>();
    for (int epoch = 0; epoch < config.training().epochs(); epoch++) {
      for (int[] members :
          MiniBatches.of(
              batch.size(), config.training().miniBatches(), config.seed(), step, epoch)) {
        UpdateResult result = learner.update(step, batch, members);
        quota.count(step, result);
        updates.add(result);
      }
    }
    return updates;
  }
}
