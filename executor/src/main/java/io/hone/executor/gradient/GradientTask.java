package io.hone.executor.gradient;

import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.ResidentModels;
import io.hone.executor.model.TaskResources;
import io.hone.executor.rollout.Stopwatch;
import io.hone.executor.seed.Seeds;
import io.hone.kernels.model.Gradient;
import io.hone.kernels.model.LossKind;
import io.hone.kernels.model.LossSettings;
import io.hone.kernels.model.Objective;
import io.hone.kernels.model.TrainingSample;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * Sums the gradient of an objective over the samples of one partition; a pure function of the
 * weights and the samples.
 */
public final class GradientTask implements Serializable {
  private final Objective objective;
  private final long tokensPerMicroBatch;
  private final TaskResources resources;
  private final Broadcast<PolicyVersion> policy;

  /**
   * @param objective with the normalisers of the whole mini-batch
   * @param tokensPerMicroBatch bound of a forward and backward pass, padding included
   * @param policy what learns: the policy, or the critic by a loss of kind VALUE
   */
  public GradientTask(
      Objective objective,
      long tokensPerMicroBatch,
      TaskResources resources,
      Broadcast<PolicyVersion> policy) {
    this.objective = objective;
    this.tokensPerMicroBatch = tokensPerMicroBatch;
    this.resources = resources;
    this.policy = policy;
  }

  /** Runs inside a Spark task. */
  public GradientReport run(GradientAssignment assignment) {
    Stopwatch watch = new Stopwatch();
    ResidentModels.Role role =
        objective instanceof LossSettings loss && loss.kind() == LossKind.VALUE
            ? ResidentModels.Role.CRITIC
            : ResidentModels.Role.POLICY;
    try (ResidentModels.Lease lease = ResidentModels.acquire(role, policy.value())) {
      double load = watch.lap();
      Gradient gradient =
          lease
              .model()
              .policyGradient(
                  samples(assignment.source(), lease),
                  objective,
                  tokensPerMicroBatch,
                  policy.value().settings().keptActivationBytes());
      return new GradientReport(
          new GradientSummary(
              assignment.partition(),
              gradient.statistics(),
              lease.weightsUsed(),
              new GradientSummary.Seconds(load, watch.lap())),
          gradient.gradient());
    }
  }

  /** With keys of dropout that are new in every update. */
  private List<TrainingSample> samples(SampleSource source, ResidentModels.Lease lease) {
    long version = policy.value().version();
    return source.samples(resources.hadoop().value().value(), lease).stream()
        .map(sample -> sample.withDropoutKey(Seeds.dropout(sample.dropoutKey(), version)))
        .toList();
  }
}
