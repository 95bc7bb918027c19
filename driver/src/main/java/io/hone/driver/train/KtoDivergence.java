package io.hone.driver.train;

import io.hone.conf.RunConfig;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.TaskJob;
import io.hone.driver.exchange.WeightsCheck;
import io.hone.executor.gradient.DivergenceAssignment;
import io.hone.executor.gradient.DivergenceReport;
import io.hone.executor.gradient.DivergenceTask;
import io.hone.executor.gradient.TokenSequence;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.rollout.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * KTO's estimate of the divergence of the policy from the reference, before each update: the mean
 * log-ratio of completions that answer another prompt, at least 0. As in TRL's KTOTrainer, each
 * prompt is given the completion of the row before it; here the rows are those of the whole
 * mini-batch, so that the estimate depends neither on tasks nor on micro-batches.
 */
final class KtoDivergence {
  private final JavaSparkContext spark;
  private final RunConfig config;
  private final Exchange exchange;
  private final Broadcast<PolicyVersion> reference;

  KtoDivergence(
      JavaSparkContext spark,
      RunConfig config,
      Exchange exchange,
      Broadcast<PolicyVersion> reference) {
    this.spark = spark;
    this.config = config;
    this.exchange = exchange;
    this.reference = reference;
  }

  double estimate(List<TokenSequence> rows) {
    int context = exchange.policy().architecture().maxPositions();
    List<DivergenceAssignment> assignments = new ArrayList<>();
    for (List<TokenSequence> dealt :
        Dealing.deal(mismatched(rows, context), config.gradientPartitions())) {
      assignments.add(new DivergenceAssignment(assignments.size(), dealt));
    }
    DivergenceTask task =
        new DivergenceTask(
            config.preference().normalizesLength(),
            config.training().tokensPerMicroBatch(),
            exchange.published(),
            reference);
    List<DivergenceReport> reports = TaskJob.run(spark, assignments, task::run);
    WeightsCheck.require(
        exchange.policy(), reports.stream().map(DivergenceReport::weights).toList());
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      sum += reports.get(i % reports.size()).logRatios()[i / reports.size()];
    }
    return Math.max(0, sum / rows.size());
  }

  /**
   * Each prompt with the completion of the row before it, the first with that of the last; cut to
   * what the model reads at once.
   */
  static List<TokenSequence> mismatched(List<TokenSequence> rows, int context) {
    List<TokenSequence> mismatched = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      TokenSequence asked = rows.get(i);
      TokenSequence answered = rows.get((i + rows.size() - 1) % rows.size());
      int[] prompt = Arrays.copyOf(asked.tokenIds(), asked.promptLength());
      int[] completion =
          Arrays.copyOfRange(
              answered.tokenIds(), answered.promptLength(), answered.tokenIds().length);
      int[] sequence = Tokens.concatenate(prompt, completion);
      mismatched.add(
          new TokenSequence(
              Arrays.copyOf(sequence, Math.min(sequence.length, context)), prompt.length));
    }
    return mismatched;
  }
}
