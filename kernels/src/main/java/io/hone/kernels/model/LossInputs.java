package io.hone.kernels.model;

import io.hone.conf.LossConfig.KlEstimator;
import io.hone.conf.LossConfig.LossType;
import io.hone.conf.LossConfig.RatioLevel;
import io.hone.conf.MismatchConfig;
import io.hone.conf.MismatchConfig.Correction;
import io.hone.kernels.program.ProgramCall;

/** Loss settings as the inputs of programs; {@code policy_loss.py} says what the codes mean. */
final class LossInputs {
  private LossInputs() {}

  static void add(ProgramCall call, LossSettings loss) {
    PolicyLoss policy = loss.policy();
    MismatchConfig mismatch = policy.mismatch();
    boolean corrects = mismatch.correction() != Correction.NONE;
    call.integer("loss", loss.kind() == LossKind.SFT ? 0 : code(policy.type()))
        .integer("ratio", ratio(policy))
        .number("clip_low", policy.clipLow())
        .number("clip_high", policy.clipHigh())
        .number("dual_clip", policy.dualClip())
        .number("ratio_cap", policy.ratioCap())
        .number("sapo_positive", policy.sapo().positiveTemperature())
        .number("sapo_negative", policy.sapo().negativeTemperature())
        .number("vespo_positive_k", policy.vespo().positiveK())
        .number("vespo_positive_lambda", policy.vespo().positiveLambda())
        .number("vespo_negative_k", policy.vespo().negativeK())
        .number("vespo_negative_lambda", policy.vespo().negativeLambda())
        .number("off_policy_threshold", policy.offPolicyThreshold())
        .number("top_entropy_share", policy.topEntropyShare())
        .integer("correction", code(mismatch.correction()))
        .number("correction_minimum", mismatch.minimum())
        .number("correction_maximum", corrects ? mismatch.maximum() : Double.POSITIVE_INFINITY)
        .number("kl_coefficient", loss.kl().coefficient())
        .integer("kl_estimator", code(loss.kl().estimator()))
        .integer("kl_straight_through", loss.kl().straightThrough() ? 1 : 0)
        .integer("kl_bias_correction", loss.kl().biasCorrection() ? 1 : 0)
        .number("entropy_coefficient", loss.entropyCoefficient())
        .integer("language_head", loss.kind() == LossKind.VALUE ? 0 : 1)
        .number("value_coefficient", loss.value() == null ? 0 : loss.value().coefficient())
        .number("value_clip", loss.value() == null ? 0 : loss.value().clip());
  }

  private static int code(LossType type) {
    return switch (type) {
      case CLIP, GSPO, GSPO_TOKEN, LUSPO -> 1;
      case CISPO -> 2;
      case CISPO_MINIMAX -> 3;
      case SAPO -> 4;
      case GMPO -> 5;
      case GPG -> 6;
      case DPPO_TV -> 7;
      case VESPO -> 8;
    };
  }

  private static int ratio(PolicyLoss policy) {
    return switch (policy.type()) {
      case GSPO, LUSPO -> 1;
      case GSPO_TOKEN -> 2;
      default -> code(policy.ratio());
    };
  }

  private static int code(RatioLevel ratio) {
    return switch (ratio) {
      case TOKEN -> 0;
      case SEQUENCE -> 1;
      case SEQUENCE_PRODUCT -> 3;
    };
  }

  private static int code(Correction correction) {
    return switch (correction) {
      case NONE -> 0;
      case TOKEN_TRUNCATE -> 1;
      case TOKEN_MASK -> 2;
      case SEQUENCE_TRUNCATE -> 3;
      case SEQUENCE_MASK -> 4;
    };
  }

  private static int code(KlEstimator estimator) {
    return switch (estimator) {
      case K1 -> 0;
      case ABS -> 1;
      case K2 -> 2;
      case K3 -> 3;
      case K3_UNBOUNDED -> 4;
    };
  }
}
