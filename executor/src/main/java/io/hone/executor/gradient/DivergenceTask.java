package io.hone.executor.gradient;

import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.ResidentModels;
import io.hone.kernels.model.LanguageModel;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * Finds by how much the policy makes completions likelier than the reference does: the log-ratios
 * of which KTO's estimate of the divergence is the mean.
 */
public final class DivergenceTask implements Serializable {
  private final boolean normalizesLength;
  private final long tokensPerMicroBatch;
  private final Broadcast<PolicyVersion> policy;
  private final Broadcast<PolicyVersion> reference;

  /**
   * @param normalizesLength whether the log-ratio of a completion is the mean over its tokens, not
   *     the sum
   * @param tokensPerMicroBatch bound of a forward pass, padding included
   */
  public DivergenceTask(
      boolean normalizesLength,
      long tokensPerMicroBatch,
      Broadcast<PolicyVersion> policy,
      Broadcast<PolicyVersion> reference) {
    this.normalizesLength = normalizesLength;
    this.tokensPerMicroBatch = tokensPerMicroBatch;
    this.policy = policy;
    this.reference = reference;
  }

  /** Runs inside a Spark task. */
  public DivergenceReport run(DivergenceAssignment assignment) {
    try (ResidentModels.Lease lease =
            ResidentModels.acquire(ResidentModels.Role.POLICY, policy.value());
        ResidentModels.Lease frozen = lease.reference(reference.value())) {
      double[] ratios = logprobs(lease.model(), assignment.sequences());
      double[] references = logprobs(frozen.model(), assignment.sequences());
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] -= references[i];
      }
      return new DivergenceReport(assignment.partition(), ratios, lease.weightsUsed());
    }
  }

  /** One number for each completion. */
  private double[] logprobs(LanguageModel model, List<TokenSequence> sequences) {
    return CompletionLogprobs.of(model, sequences, tokensPerMicroBatch).stream()
        .mapToDouble(this::total)
        .toArray();
  }

  private double total(float[] logprobs) {
    double sum = 0;
    for (float logprob : logprobs) {
      sum += logprob;
    }
    return normalizesLength ? sum / logprobs.length : sum;
  }
}
