package io.hone.executor.rollout;

import io.hone.executor.model.WeightsUsed;
import io.hone.executor.table.TableFile;
import java.io.Serializable;
import java.util.List;

/**
 * What a rollout task tells the driver: numbers, never tensors.
 *
 * @param partition the task's index in the plan
 * @param file the rows it wrote; null where rows are not kept
 * @param samples one outcome for each completion, group by group
 * @param weights what it sampled with
 * @param criticWeights what it valued with; null without a critic of its own
 * @param seconds where its time went
 */
public record RolloutReport(
    int partition,
    TableFile file,
    List<SampleOutcome> samples,
    WeightsUsed weights,
    WeightsUsed criticWeights,
    Seconds seconds)
    implements Serializable {

  /**
   * Wall-clock seconds of a rollout task.
   *
   * @param load getting the weights in place
   * @param sample drawing tokens
   * @param score scoring
   * @param logprobs log-probabilities of old and reference policy
   * @param values values of the critic
   * @param write writing rows
   */
  public record Seconds(
      double load, double sample, double score, double logprobs, double values, double write)
      implements Serializable {
    /** All of it. */
    public double total() {
      return load + sample + score + logprobs + values + write;
    }
  }
}
