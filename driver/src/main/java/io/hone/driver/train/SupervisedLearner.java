package io.hone.driver.train;

import io.hone.conf.RunConfig;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.UpdateResult;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.SampleSource;
import io.hone.executor.gradient.TokenSequence;
import io.hone.executor.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Supervised fine-tuning: the negative log-likelihood of completions. */
record SupervisedLearner(RunConfig config, Exchange exchange) implements RowLearner<TokenSequence> {

  @Override
  public UpdateResult update(int step, List<TokenSequence> batch, int[] members) {
    List<TokenSequence> rows =
        Arrays.stream(members)
            .mapToObj(row -> batch.get(row).withSeed(Seeds.example(config.seed(), step, row)))
            .toList();
    List<GradientAssignment> assignments = new ArrayList<>();
    for (List<TokenSequence> dealt : Dealing.deal(rows, config.gradientPartitions())) {
      assignments.add(
          new GradientAssignment(assignments.size(), new SampleSource.Sequences(dealt)));
    }
    long tokens = rows.stream().mapToLong(TokenSequence::completionTokens).sum();
    return exchange.update(assignments, Losses.supervised(tokens));
  }

  @Override
  public void metrics(Metrics metrics, List<UpdateResult> updates) {
    UpdateMetrics.supervised(metrics, updates);
  }
}
