package io.hone.driver.train;

import io.hone.conf.LossConfig;
import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.KlEstimator;
import io.hone.conf.RunConfig;
import io.hone.kernels.model.LossKind;
import io.hone.kernels.model.LossSettings;

/** The kernel's loss settings of a configuration. */
public final class Losses {
  private Losses() {}

  /**
   * The clipped policy loss over {@code tokens} tokens of {@code sequences} sequences, all tasks
   * together.
   *
   * @param now the numbers of the step
   */
  public static LossSettings policy(
      RunConfig config, StepNumbers now, long tokens, long sequences) {
    LossConfig loss = config.loss();
    return new LossSettings(
        LossKind.POLICY,
        (float) now.temperature(),
        now.clipLow(),
        now.clipHigh(),
        loss.dualClip().orElse(Double.NaN),
        config.hasKlInReward() ? 0 : now.klCoefficient(),
        loss.klEstimator(),
        loss.entropyCoefficient(),
        loss.aggregation(),
        loss.aggregation() == Aggregation.TOKEN_MEAN ? tokens : sequences,
        config.lossNormLength());
  }

  /** The mean negative log-likelihood over {@code tokens} tokens. */
  static LossSettings supervised(long tokens) {
    return new LossSettings(
        LossKind.SFT,
        1f,
        0,
        0,
        Double.NaN,
        0,
        KlEstimator.K3,
        0,
        Aggregation.TOKEN_MEAN,
        tokens,
        1);
  }
}
