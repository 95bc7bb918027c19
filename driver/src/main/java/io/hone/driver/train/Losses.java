package io.hone.driver.train;

import io.hone.conf.CriticConfig;
import io.hone.conf.LossConfig;
import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.RunConfig;
import io.hone.kernels.model.KlTerm;
import io.hone.kernels.model.LossKind;
import io.hone.kernels.model.LossSettings;
import io.hone.kernels.model.PolicyLoss;
import io.hone.kernels.model.PreferenceLoss;
import io.hone.kernels.model.PreferenceSettings;
import io.hone.kernels.model.ValueLoss;

/** The kernel's loss settings of a configuration. */
public final class Losses {
  private Losses() {}

  /**
   * The policy loss over {@code tokens} tokens of {@code sequences} sequences, all tasks together.
   *
   * @param now the numbers of the step
   */
  public static LossSettings policy(
      RunConfig config, StepNumbers now, long tokens, long sequences) {
    LossConfig loss = config.loss();
    Aggregation aggregation = loss.effectiveAggregation();
    return new LossSettings(
        LossKind.POLICY,
        (float) now.temperature(),
        new PolicyLoss(
            loss.type(),
            loss.ratio(),
            now.clipLow(),
            now.clipHigh(),
            loss.dualClip().orElse(Double.POSITIVE_INFINITY),
            loss.effectiveRatioCap(),
            loss.sapo(),
            loss.vespo(),
            loss.mismatch(),
            loss.offPolicyThreshold().orElse(Double.POSITIVE_INFINITY),
            loss.topEntropyShare()),
        new KlTerm(
            config.hasKlInReward() ? 0 : now.klCoefficient(),
            loss.klEstimator(),
            loss.klStraightThrough(),
            loss.klBiasCorrection()),
        loss.entropyCoefficient(),
        aggregation,
        aggregation == Aggregation.TOKEN_MEAN ? tokens : sequences,
        config.lossNormLength(),
        config.hasCritic() && !config.hasOwnCritic() ? value(config) : null);
  }

  /** The loss of a critic of its own, over {@code tokens} tokens, all tasks together. */
  static LossSettings critic(RunConfig config, long tokens) {
    return LossSettings.critic(value(config), (double) tokens);
  }

  private static ValueLoss value(RunConfig config) {
    CriticConfig critic = config.critic();
    return new ValueLoss(
        critic.effectiveValueCoefficient(),
        critic.valueClip() == 0 ? Double.POSITIVE_INFINITY : critic.valueClip());
  }

  /**
   * The preference objective over {@code examples} pairs (or completions, with KTO), of whose
   * chosen completions there are {@code chosenTokens} tokens, all tasks together.
   *
   * @param temperature that the completions were sampled at; 1 where they were not
   * @param klEstimate divergence that KTO measures gains against; 0 with others
   */
  static PreferenceSettings preference(
      RunConfig config, double temperature, long examples, long chosenTokens, double klEstimate) {
    return new PreferenceSettings(
        PreferenceLoss.of(config.preference()),
        (float) temperature,
        examples,
        chosenTokens,
        klEstimate);
  }

  /** The mean negative log-likelihood over {@code tokens} tokens. */
  static LossSettings supervised(long tokens) {
    return LossSettings.supervised(Aggregation.TOKEN_MEAN, (double) tokens, 1);
  }
}
