package io.hone.executor.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.LossConfig.KlEstimator;
import io.hone.executor.statistics.Moments;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Returns, GAE, moments and KL penalties: what estimators are made of. */
class TokenLevelTest {
  private static final boolean[] HOLE = {true, false, true};

  @Test
  void returnsAreDiscountedByTokensUnderTheMask() {
    double[] returns = DiscountedReturns.of(new double[] {1, 100, 4}, HOLE, 0.5);

    assertThat(returns[0]).isEqualTo(1 + 0.5 * 4);
    assertThat(returns[2]).isEqualTo(4);
    assertThat(DiscountedReturns.of(new double[0], new boolean[0], 1)).isEmpty();
  }

  @Test
  void whatStandsOutsideOfTheMaskIsNeverRead() {
    double[] rewards = {1, Double.NaN, 4, Double.NaN};
    float[] values = {0.5f, Float.NaN, 0.25f, Float.NaN};
    boolean[] mask = {true, false, true, false};

    Gae gae = Gae.estimate(rewards, values, mask, 0.9, 0.8, 0.7);

    Gae without =
        Gae.estimate(new double[] {1, 4}, new float[] {0.5f, 0.25f}, Groups.all(2), 0.9, 0.8, 0.7);
    assertThat(gae.advantages()[0]).isEqualTo(without.advantages()[0]).isFinite();
    assertThat(gae.advantages()[2]).isEqualTo(without.advantages()[1]);
    assertThat(gae.returns()[0]).isEqualTo(without.returns()[0]);
    assertThat(DiscountedReturns.of(rewards, mask, 1)).containsExactly(5, 4, 4, 0);
  }

  @Test
  void gaeLiesBetweenOneStepAndTheWholeReturn() {
    double[] rewards = {0, 0, 2};
    float[] values = {1, 0.5f, 0.25f};

    Gae step = Gae.estimate(rewards, values, Groups.all(3), 0.9, 0, 0);
    assertThat(step.advantages())
        .containsExactly(new double[] {0.9 * 0.5 - 1, 0.9 * 0.25 - 0.5, 1.75}, within(1e-12));
    Gae whole = Gae.estimate(rewards, values, Groups.all(3), 0.9, 1, 0);
    assertThat(whole.returns()).containsExactly(new double[] {1.62, 1.8, 2}, within(1e-12));
  }

  @Test
  void aTruncatedCompletionMayGoOnAtTheValueBehindIt() {
    double[] rewards = {0, 0, 0};
    float[] values = {0.5f, 0.5f, 0.5f};

    // A critic that expects the same everywhere is neither pleased nor disappointed.
    assertThat(Gae.estimate(rewards, values, Groups.all(3), 1, 0.95, 0.5).advantages())
        .containsOnly(0);
    Gae ended = Gae.estimate(rewards, values, Groups.all(3), 1, 0.95, 0);
    assertThat(ended.advantages()[2]).isEqualTo(-0.5);
    Gae padded =
        Gae.estimate(rewards, new float[] {1, 2, 9}, new boolean[] {true, true, false}, 1, 0, 3);
    assertThat(padded.advantages()[1]).isEqualTo(1);
    assertThat(Gae.estimate(new double[1], new float[1], new boolean[1], 1, 1, 0).advantages())
        .containsExactly(0);
  }

  @Test
  void momentsOfPartsAreThoseOfTheWhole() {
    double[] numbers = new Random(7).doubles(40, 999, 1001).toArray();
    Moments whole = Moments.of(numbers);
    Moments sum = Moments.NONE;
    for (int from = 0; from < 40; from += 8) {
      sum = sum.plus(Moments.of(Arrays.copyOfRange(numbers, from, from + 8))).plus(Moments.NONE);
    }

    assertThat(sum.count()).isEqualTo(40);
    assertThat(sum.mean()).isCloseTo(whole.mean(), within(1e-12));
    assertThat(sum.variance()).isCloseTo(whole.variance(), within(1e-12));
    Moments moved = whole.affine(3, -2);
    assertThat(moved.mean()).isCloseTo(3 - 2 * whole.mean(), within(1e-12));
    assertThat(moved.deviation()).isCloseTo(2 * whole.deviation(), within(1e-12));
    assertThat(Moments.of(new double[] {5}).variance()).isZero();
    assertThat(Moments.NONE.affine(1, 1)).isEqualTo(Moments.NONE);
  }

  @Test
  void klPenaltiesAreBoundedWhereTheLossBoundsThem() {
    assertThat(KlPenalty.estimate(KlEstimator.K1, -1, -1.5)).isEqualTo(0.5);
    assertThat(KlPenalty.estimate(KlEstimator.ABS, -1.5, -1)).isEqualTo(0.5);
    assertThat(KlPenalty.estimate(KlEstimator.K2, -1, -1.5)).isEqualTo(0.125);
    assertThat(KlPenalty.estimate(KlEstimator.K3, -1, -1.5))
        .isCloseTo(Math.exp(-0.5) - 0.5, within(1e-15));
    assertThat(KlPenalty.estimate(KlEstimator.K3, -100, -1)).isEqualTo(10);
    for (KlEstimator estimator : KlEstimator.values()) {
      assertThat(KlPenalty.estimate(estimator, -0.7, -0.7)).isZero();
    }
  }
}
