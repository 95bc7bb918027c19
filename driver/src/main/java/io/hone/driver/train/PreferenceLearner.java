package io.hone.driver.train;

import io.hone.conf.PreferenceConfig.Loss;
import io.hone.conf.RunConfig;
import io.hone.driver.data.PreferenceExample;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.UpdateResult;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.SampleSource;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * Preference optimisation on rows of the data set.
 *
 * @param reference the frozen reference policy; null where the objective has none
 * @param divergence estimates what KTO measures gains against
 */
record PreferenceLearner(
    RunConfig config,
    Exchange exchange,
    Broadcast<PolicyVersion> reference,
    KtoDivergence divergence)
    implements RowLearner<PreferenceExample> {

  @Override
  public UpdateResult update(int step, List<PreferenceExample> batch, int[] members) {
    List<PreferenceExample> rows =
        Arrays.stream(members)
            .mapToObj(row -> batch.get(row).withSeed(Seeds.example(config.seed(), step, row)))
            .toList();
    List<GradientAssignment> assignments = new ArrayList<>();
    for (List<PreferenceExample> dealt : Dealing.deal(rows, config.gradientPartitions())) {
      assignments.add(
          new GradientAssignment(
              assignments.size(),
              new SampleSource.Comparisons(
                  dealt.stream().flatMap(row -> row.sequences().stream()).toList(),
                  reference,
                  config.training().tokensPerMicroBatch())));
    }
    double klEstimate =
        config.preference().loss() == Loss.KTO
            ? divergence.estimate(
                rows.stream().map(row -> row.sequences().get(0).sequence()).toList())
            : 0;
    long chosenTokens = rows.stream().mapToLong(PreferenceExample::chosenTokens).sum();
    return exchange.update(
        assignments, Losses.preference(config, 1, rows.size(), chosenTokens, klEstimate));
  }

  @Override
  public void metrics(Metrics metrics, List<UpdateResult> updates) {
    UpdateMetrics.preference(metrics, updates);
  }
}
