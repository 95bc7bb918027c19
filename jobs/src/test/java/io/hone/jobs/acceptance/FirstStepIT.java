package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Before the first update the policy that learns is the policy that sampled, and the metrics must
 * say so.
 */
class FirstStepIT {
  private static final Offset<Double> EXACT = within(1e-6);

  @Test
  void aFirstUpdateIsOnPolicy() {
    requireOnPolicy(ReferenceRun.SHORT.contents().metrics(0));
  }

  /**
   * Metrics are of a step and all its updates. With a learning rate that moves no weight each of
   * them is a first one, and compares with log-probs that the rollout task computed in other
   * batches.
   */
  @Test
  void firstUpdatesOfSeveralAreOnPolicy() {
    RunContents run =
        ReferenceRun.SEVERAL_UPDATES
            .command()
            .with("training.steps=1", "optimizer.learning-rate=1e-30")
            .complete(EmbeddedHome.workDirectory("first-updates").resolve("run"));
    Map<String, Double> metrics = run.metrics(0);
    assertThat(metrics).containsEntry("updates/applied", 4.0);
    requireOnPolicy(metrics);
    assertThat(metrics.get("policy/reference-kl")).isEqualTo(0, EXACT);
  }

  @Test
  void laterUpdatesAreNot() {
    Map<String, Double> metrics = ReferenceRun.SEVERAL_UPDATES.contents().metrics(0);
    assertThat(metrics.get("policy/approximate-kl-k3")).isGreaterThan(1e-5);
    assertThat(metrics.get("policy/ratio-maximum")).isGreaterThan(1.01);
  }

  private static void requireOnPolicy(Map<String, Double> metrics) {
    assertThat(metrics.get("policy/ratio-mean")).isEqualTo(1, EXACT);
    assertThat(metrics.get("policy/approximate-kl")).isEqualTo(0, EXACT);
    assertThat(metrics.get("policy/approximate-kl-k3")).isEqualTo(0, EXACT);
    assertThat(metrics.get("policy/clip-fraction")).isEqualTo(0, EXACT);
    assertThat(metrics.get("mismatch/absolute-maximum")).isBetween(0.0, 1e-4);
    assertThat(metrics.get("mismatch/mean")).isBetween(-1e-5, 1e-5);
    assertThat(metrics.get("gradient/norm")).isPositive();
  }
}
