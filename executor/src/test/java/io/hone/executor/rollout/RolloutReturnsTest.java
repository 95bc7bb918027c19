package io.hone.executor.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.LossConfig.KlEstimator;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Score;
import io.hone.executor.statistics.Moments;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.RolloutStatus;
import io.hone.executor.table.Timings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolloutReturnsTest {
  private static RolloutRow row(float[] shares, float[] old, float[] reference) {
    return row(shares, old, reference, null, null, false);
  }

  private static RolloutRow row(
      float[] shares,
      float[] old,
      float[] reference,
      float[] values,
      Double finalValue,
      boolean truncated) {
    return new RolloutRow(
        0,
        "p",
        0,
        1,
        2,
        0,
        0,
        0,
        "prompt",
        "text",
        new int[] {1, 2},
        new int[] {3, 4, 5},
        new float[3],
        new float[3],
        old,
        reference,
        values,
        finalValue,
        truncated ? "length" : "stop",
        truncated,
        6.0,
        true,
        shares,
        "greedy text",
        0.25,
        RolloutStatus.SCORED,
        Map.of(),
        "{}",
        new Timings("driver", 0, 0));
  }

  private static Reward reward() {
    return new Reward(
        6, true, "", Map.of("dense", new Score(6, 1, true, "", new float[] {1, 2, 3})));
  }

  @Test
  void aRewardWithoutSharesStandsAtTheLastToken() {
    assertThat(RolloutReturns.PLAIN.rewards(row(null, null, null))).containsExactly(0, 0, 6);
    assertThat(RolloutReturns.PLAIN.of(row(null, null, null))).containsExactly(6, 6, 6);
  }

  @Test
  void whatSharesLeaveStandsAtTheLastToken() {
    RolloutRow row = row(new float[] {1, 2, 0.5f}, null, null);

    assertThat(RolloutReturns.PLAIN.rewards(row)).containsExactly(1, 2, 3);
    assertThat(new RolloutReturns(0.5, 0, KlEstimator.K1).of(row)).containsExactly(2.75, 3.5, 3);
  }

  @Test
  void eachTokenPaysForItsDivergence() {
    RolloutRow row = row(null, new float[] {-1, -2, -3}, new float[] {-1.5f, -2, -2});
    RolloutReturns penalised = new RolloutReturns(1, 0.1, KlEstimator.K1);

    assertThat(penalised.rewards(row)).containsExactly(new double[] {-0.05, 0, 6.1}, within(1e-12));
    SampleOutcome outcome = SampleOutcome.of(row, reward(), penalised);
    assertThat(outcome.total()).isCloseTo(6.05, within(1e-12));
    assertThat(outcome.returns().mean()).isCloseTo((6.05 + 6.1 + 6.1) / 3, within(1e-12));
    assertThat(outcome.reward().value()).isEqualTo(6);
  }

  @Test
  void anOutcomeHasNothingForEachToken() {
    SampleOutcome outcome = SampleOutcome.of(row(null, null, null), reward(), RolloutReturns.PLAIN);

    assertThat(outcome.group()).isEqualTo(1);
    assertThat(outcome.sample()).isEqualTo(2);
    assertThat(outcome.total()).isEqualTo(6);
    assertThat(outcome.returns()).isEqualTo(new Moments(3, 6, 0));
    assertThat(outcome.greedyReward()).isEqualTo(0.25);
    assertThat(outcome.reward().components().get("dense").perToken()).isNull();
    assertThat(outcome.reward().components().get("dense").value()).isEqualTo(6);
  }

  @Test
  void withACriticTokensReturnTheirAdvantage() {
    float[] values = {1, 2, 4};
    RolloutReturns settings =
        new RolloutReturns(0.5, 0, KlEstimator.K1, new GaeSettings(0, 1, true));
    RolloutRow row = row(new float[] {1, 2, 3}, null, null, values, 8.0, false);

    // One step ahead for the policy, the whole return for the critic.
    assertThat(settings.of(row)).containsExactly(1 + 0.5 * 2 - 1, 2 + 0.5 * 4 - 2, 3 - 4);
    assertThat(settings.valueReturns(row)).containsExactly(1 + 1 + 0.75, 2 + 1.5, 3);

    CriticOutcome critic = SampleOutcome.of(row, reward(), settings).critic();
    assertThat(critic.values()).isEqualTo(Moments.of(new double[] {1, 2, 4}));
    assertThat(critic.returns()).isEqualTo(Moments.of(new double[] {2.75, 3.5, 3}));
    assertThat(critic.errors()).isEqualTo(Moments.of(new double[] {1.75, 1.5, -1}));
    assertThat(critic.explainedVariance())
        .isEqualTo(1 - critic.errors().variance() / critic.returns().variance());
  }

  @Test
  void onlyATruncatedCompletionGoesOnAtItsFinalValueAndOnlyIfAsked() {
    float[] values = {0, 0, 0};
    RolloutReturns goesOn = new RolloutReturns(1, 0, KlEstimator.K1, new GaeSettings(1, 1, true));
    RolloutReturns ends = new RolloutReturns(1, 0, KlEstimator.K1, new GaeSettings(1, 1, false));

    assertThat(goesOn.of(row(null, null, null, values, 8.0, true))).containsExactly(14, 14, 14);
    assertThat(goesOn.of(row(null, null, null, values, 8.0, false))).containsExactly(6, 6, 6);
    assertThat(ends.of(row(null, null, null, values, 8.0, true))).containsExactly(6, 6, 6);
  }

  @Test
  void criticOutcomesOfPartsAreThoseOfTheWhole() {
    RolloutReturns settings =
        new RolloutReturns(1, 0, KlEstimator.K1, new GaeSettings(1, 1, false));
    CriticOutcome one =
        CriticOutcome.of(row(null, null, null, new float[] {5, 6, 7}, 0.0, false), settings);
    CriticOutcome other =
        CriticOutcome.of(row(null, null, null, new float[] {6, 6, 6}, 0.0, false), settings);

    CriticOutcome sum = CriticOutcome.NONE.plus(one).plus(other);

    assertThat(sum.values().mean()).isCloseTo(6, within(1e-12));
    assertThat(sum.errors().squares()).isCloseTo(2, within(1e-12));
    assertThat(sum.explainedVariance()).isNaN();
  }

  @Test
  void aPenaltyThatIsNoNumberMakesTheRewardInvalid() {
    RolloutRow row = row(null, new float[] {-1, Float.NaN, -3}, new float[3]);

    SampleOutcome outcome =
        SampleOutcome.of(row, reward(), new RolloutReturns(1, 0.1, KlEstimator.K3));

    assertThat(outcome.reward().valid()).isFalse();
    assertThat(outcome.reward().reason()).contains("KL penalty is NaN");
    assertThat(outcome.returns()).isEqualTo(Moments.NONE);
  }
}
