package io.hone.driver.train;

import io.hone.conf.RunConfig;
import io.hone.driver.data.EpochOrder;
import io.hone.driver.data.SftExample;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.UpdateResult;
import io.hone.driver.run.StepCommit;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.SampleSource;
import io.hone.executor.gradient.TokenSequence;
import io.hone.executor.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of supervised fine-tuning: one batch of rows, an update for each mini-batch of each epoch.
 */
final class SupervisedStep implements StepRunner {
  private final RunConfig config;
  private final Exchange exchange;
  private final List<SftExample> examples;
  private final EpochOrder order;
  private final UpdateQuota quota;

  SupervisedStep(
      RunConfig config,
      Exchange exchange,
      List<SftExample> examples,
      EpochOrder order,
      UpdateQuota quota) {
    this.config = config;
    this.exchange = exchange;
    this.examples = examples;
    this.order = order;
    this.quota = quota;
  }

  @Override
  public Metrics run(int step, StepCommit commit) {
    List<UpdateResult> updates = learn(step);
    Metrics metrics = new Metrics();
    UpdateMetrics.supervised(metrics, updates);
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
    List<SftExample> batch = new ArrayList<>();
    for (int index : order.indices(step)) {
      batch.add(examples.get(index));
    }
    List<UpdateResult> updates = new ArrayList<>();
    for (int epoch = 0; epoch < config.training().epochs(); epoch++) {
      for (int[] rows :
          MiniBatches.of(
              batch.size(), config.training().miniBatches(), config.seed(), step, epoch)) {
        UpdateResult result = update(step, batch, rows);
        quota.count(step, result);
        updates.add(result);
      }
    }
    return updates;
  }

  private UpdateResult update(int step, List<SftExample> batch, int[] rows) {
    int partitions = Math.min(config.gradientPartitions(), rows.length);
    List<List<TokenSequence>> dealt = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      dealt.add(new ArrayList<>());
    }
    long tokens = 0;
    for (int i = 0; i < rows.length; i++) {
      SftExample example = batch.get(rows[i]);
      dealt
          .get(i % partitions)
          .add(
              new TokenSequence(
                  example.tokenIds(),
                  example.promptLength(),
                  Seeds.example(config.seed(), step, rows[i])));
      tokens += example.tokenIds().length - example.promptLength();
    }
    List<GradientAssignment> assignments = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      assignments.add(
          new GradientAssignment(partition, new SampleSource.Sequences(dealt.get(partition))));
    }
    return exchange.update(assignments, Losses.supervised(tokens));
  }
}
